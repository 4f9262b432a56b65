/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Black bars above and below, as in the cinema, which give way a little on the first beat of a bar; half of their strength makes 2.35:1 of 16:9",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Effect"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0, "MAX": 1, "LABEL": "How high the bars are; 0 changes nothing"},
    {"NAME": "downbeat", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1, "LABEL": "Swells on the first beat of a bar"}
  ],
  "SONGREEL": {"words": {"en": ["letterbox", "cinematic bars", "black bars"], "zh": ["电影黑边", "遮幅"]}}
}*/

const float HIGHEST = 0.243;

void main() {
    float bar = amount * HIGHEST * (1.0 - 0.03 * downbeat);
    float edge = 1.0 / RENDERSIZE.y;
    float from = min(isf_FragNormCoord.y, 1.0 - isf_FragNormCoord.y);
    // The edge lies within one row, so that it moves smoothly where the bars grow.
    float open = clamp((from - bar) / edge + 0.5, 0.0, 1.0);
    vec4 color = IMG_THIS_PIXEL(inputImage);
    gl_FragColor = vec4(color.rgb * (bar > 0.0 ? open : 1.0), color.a);
}
