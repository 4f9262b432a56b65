/*{
  "ISFVSN": "2",
  "DESCRIPTION": "One picture melts into the next, mixed as light mixes",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1}
  ],
  "SONGREEL": {"words": {"en": ["dissolve", "crossfade", "fade"], "zh": ["溶解", "叠化", "淡入淡出"]}}
}*/

void main() {
    vec4 from = IMG_THIS_PIXEL(startImage);
    vec4 to = IMG_THIS_PIXEL(endImage);
    gl_FragColor = sqrt(mix(from * from, to * to, progress));
}
