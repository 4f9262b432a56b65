/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Blocks of the next picture break through, torn and split into colors, until all of it is there",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1},
    {"NAME": "seed", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1000}
  ],
  "SONGREEL": {"words": {"en": ["glitch", "glitch cut"], "zh": ["故障", "故障转场"]}}
}*/

uint pcg(uint state) {
    state = state * 747796405u + 2891336453u;
    uint word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
    return (word >> 22u) ^ word;
}

float chance(uint a, uint b, uint c) {
    return float(pcg(a + pcg(b + pcg(c))) >> 8u) / 16777216.0;
}

void main() {
    vec2 at = isf_FragNormCoord;
    float rough = 4.0 * progress * (1.0 - progress);
    uint step = uint(int(progress * 9.0));
    uint s = uint(int(seed));
    uint row = uint(int(at.y * 18.0));
    uint block = uint(int(at.x * 12.0)) + 32u * uint(int(at.y * 18.0));
    float aside = (chance(row, step, s) - 0.5) * 0.25 * rough;
    aside = chance(row, step, s + 1u) < 0.6 * rough ? aside : 0.0;
    vec2 home = aside == 0.0 ? at : vec2(fract(at.x + aside), at.y);
    float apart = 0.02 * rough;
    bool over = chance(block, step, s + 2u) * 0.98 + 0.01 < progress * progress * (3.0 - 2.0 * progress);
    vec4 color;
    if (over) {
        color = IMG_NORM_PIXEL(endImage, home);
        color.r = IMG_NORM_PIXEL(endImage, home + vec2(apart, 0.0)).r;
        color.b = IMG_NORM_PIXEL(endImage, home - vec2(apart, 0.0)).b;
    } else {
        color = IMG_NORM_PIXEL(startImage, home);
        color.r = IMG_NORM_PIXEL(startImage, home + vec2(apart, 0.0)).r;
        color.b = IMG_NORM_PIXEL(startImage, home - vec2(apart, 0.0)).b;
    }
    gl_FragColor = color;
}
