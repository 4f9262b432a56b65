/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The corners fall into shadow, a little deeper between the beats",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Effect"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0, "MAX": 1, "LABEL": "How strong; 0 changes nothing"},
    {"NAME": "pulse", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1}
  ],
  "SONGREEL": {"words": {"en": ["vignette", "dark corners", "spotlight"], "zh": ["暗角"]}}
}*/

void main() {
    vec4 color = IMG_THIS_PIXEL(inputImage);
    vec2 from = isf_FragNormCoord - 0.5;
    from.x *= mix(1.0, RENDERSIZE.x / RENDERSIZE.y, 0.35);
    float shade = smoothstep(0.28, 0.92, length(from)) * amount * (1.15 - 0.25 * pulse);
    gl_FragColor = vec4(color.rgb * (1.0 - min(shade, 0.95)), color.a);
}
