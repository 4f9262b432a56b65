/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The next picture pushes this one out to the left, easing in and out",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1}
  ],
  "SONGREEL": {"words": {"en": ["slide", "push"], "zh": ["滑动", "推移"]}}
}*/

void main() {
    float t = progress * progress * (3.0 - 2.0 * progress);
    float place = isf_FragNormCoord.x + t;
    float y = isf_FragNormCoord.y;
    gl_FragColor = place < 1.0 ? IMG_NORM_PIXEL(startImage, vec2(place, y))
                               : IMG_NORM_PIXEL(endImage, vec2(place - 1.0, y));
    if (t <= 0.0) {
        gl_FragColor = IMG_THIS_PIXEL(startImage);
    }
}
