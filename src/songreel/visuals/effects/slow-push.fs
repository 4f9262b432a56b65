/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The camera creeps closer from the cut on, further through a build-up",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Effect"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0, "MAX": 1, "LABEL": "How strong; 0 changes nothing"},
    {"NAME": "build", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1, "LABEL": "The way through a build-up"},
    {"NAME": "pulse", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1, "LABEL": "Swells on each beat"}
  ],
  "SONGREEL": {"words": {"en": ["slow push", "push in", "slow zoom", "creep in", "dolly in"], "zh": ["缓推", "慢推", "缓慢推近", "慢慢推近"]}}
}*/

void main() {
    // Fast enough to be felt within a shot of three seconds, and at rest at last in one of a minute.
    float closer = amount * (0.26 * (1.0 - exp(-TIME / 9.0)) + 0.06 * build * build + 0.012 * pulse);
    gl_FragColor = IMG_NORM_PIXEL(inputImage, 0.5 + (isf_FragNormCoord - 0.5) / (1.0 + closer));
}
