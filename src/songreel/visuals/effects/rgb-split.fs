/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Red and blue drift apart from the center outwards, more on the beat",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Effect"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0, "MAX": 1, "LABEL": "How strong; 0 changes nothing"},
    {"NAME": "pulse", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1},
    {"NAME": "treble", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1}
  ],
  "SONGREEL": {"words": {"en": ["rgb split", "chromatic aberration", "color split"], "zh": ["色散", "RGB分离", "色差"]}}
}*/

void main() {
    vec2 at = isf_FragNormCoord;
    vec2 outward = at - 0.5;
    float force = amount * (0.3 + 0.7 * pulse + 0.3 * treble);
    vec2 apart = (outward * 0.022 + vec2(0.004 * RENDERSIZE.y / RENDERSIZE.x, 0.0)) * force;
    vec4 middle = IMG_NORM_PIXEL(inputImage, at);
    float red = IMG_NORM_PIXEL(inputImage, at + apart).r;
    float blue = IMG_NORM_PIXEL(inputImage, at - apart).b;
    gl_FragColor = vec4(red, middle.g, blue, middle.a);
}
