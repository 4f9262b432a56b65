/*{
  "ISFVSN": "2",
  "DESCRIPTION": "A soft slanted edge runs across and uncovers the next picture",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1}
  ],
  "SONGREEL": {"words": {"en": ["wipe"], "zh": ["擦除", "划像"]}}
}*/

void main() {
    float soft = 0.09;
    float edge = mix(-soft, 1.35 + soft, progress);
    float place = isf_FragNormCoord.x + 0.35 * isf_FragNormCoord.y;
    float share = 1.0 - smoothstep(edge - soft, edge + soft, place);
    share = progress <= 0.0 ? 0.0 : (progress >= 1.0 ? 1.0 : share);
    gl_FragColor = mix(IMG_THIS_PIXEL(startImage), IMG_THIS_PIXEL(endImage), share);
}
