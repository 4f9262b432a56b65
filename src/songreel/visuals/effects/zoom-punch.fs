/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The picture jumps a little closer on each beat and eases back",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Effect"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0, "MAX": 1, "LABEL": "How strong; 0 changes nothing"},
    {"NAME": "pulse", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1},
    {"NAME": "downbeat", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1}
  ],
  "SONGREEL": {"words": {"en": ["zoom punch", "punch", "punch in", "bounce"], "zh": ["冲击变焦", "缩放冲击"]}}
}*/

void main() {
    float punch = amount * (0.11 * pulse + 0.06 * downbeat);
    vec2 at = 0.5 + (isf_FragNormCoord - 0.5) / (1.0 + punch);
    gl_FragColor = IMG_NORM_PIXEL(inputImage, at);
}
