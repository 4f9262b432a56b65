/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Strips of the picture jump aside and lose their colors for a few frames, on snares and beats",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Effect"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0, "MAX": 1, "LABEL": "How strong; 0 changes nothing"},
    {"NAME": "pulse", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1},
    {"NAME": "snare", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1},
    {"NAME": "seed", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1000}
  ],
  "SONGREEL": {"words": {"en": ["glitch", "glitchy", "data mosh", "broken signal"], "zh": ["故障", "故障风", "毛刺"]}}
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
    uint now = uint(int(TIME * 14.0) + 4096);
    uint s = uint(int(seed));
    float force = amount * clamp(0.1 + 0.6 * pulse + 0.6 * snare, 0.0, 1.0);
    // Two layers of strips: broad ones that seldom move and thin ones that move often.
    float strips = 6.0 + floor(10.0 * chance(now, s, 3u));
    uint broad = uint(int(at.y * strips));
    uint thin = uint(int(at.y * 72.0));
    float aside = 0.0;
    if (chance(broad, now, s + 1u) < 0.55 * force) {
        aside += (chance(broad, now, s + 2u) - 0.5) * 0.22 * force;
    }
    if (chance(thin, now, s + 5u) < 0.28 * force) {
        aside += (chance(thin, now, s + 6u) - 0.5) * 0.10 * force;
    }
    float apart = 0.014 * force * (0.35 + abs(aside) * 12.0);
    vec2 home = vec2(fract(at.x + aside), at.y);
    home = aside == 0.0 ? at : home;
    vec4 color = IMG_NORM_PIXEL(inputImage, home);
    color.r = IMG_NORM_PIXEL(inputImage, home + vec2(apart, 0.0)).r;
    color.b = IMG_NORM_PIXEL(inputImage, home - vec2(apart, 0.0)).b;
    // A few blocks fall back to coarse steps of color, as a broken stream does.
    uint block = uint(int(at.x * 16.0)) + 64u * uint(int(at.y * 9.0));
    if (chance(block, now, s + 9u) < 0.10 * force) {
        color.rgb = floor(color.rgb * 5.0 + 0.5) / 5.0;
    }
    gl_FragColor = color;
}
