/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The picture lightens for a moment on each downbeat: never more than once a bar, and never to white",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Effect"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0, "MAX": 1, "LABEL": "How strong; 0 changes nothing"},
    {"NAME": "downbeat", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1},
    {"NAME": "light", "TYPE": "color", "DEFAULT": [1, 1, 1, 1]}
  ],
  "SONGREEL": {"words": {"en": ["flash", "flashes", "light hits"], "zh": ["闪光", "闪烁"]}}
}*/

void main() {
    vec4 color = IMG_THIS_PIXEL(inputImage);
    float step = 0.2 * amount * downbeat * downbeat;
    gl_FragColor = vec4(mix(color.rgb, light.rgb, step), color.a);
}
