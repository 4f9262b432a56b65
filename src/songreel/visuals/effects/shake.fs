/*{
  "ISFVSN": "2",
  "DESCRIPTION": "A hand-held jolt on kicks and beats that settles at once",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Effect"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0, "MAX": 1, "LABEL": "How strong; 0 changes nothing"},
    {"NAME": "kick", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1},
    {"NAME": "pulse", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1},
    {"NAME": "seed", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1000}
  ],
  "SONGREEL": {"words": {"en": ["shake", "camera shake", "handheld", "earthquake"], "zh": ["抖动", "震动", "手持"]}}
}*/

uint pcg(uint state) {
    state = state * 747796405u + 2891336453u;
    uint word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
    return (word >> 22u) ^ word;
}

float chance(uint a, uint b, uint c) {
    return float(pcg(a + pcg(b + pcg(c))) >> 8u) / 16777216.0;
}

// A smooth path through random points, eleven of them a second; -1..1 in both directions.
vec2 path(float time) {
    float point = floor(time);
    float t = time - point;
    t = t * t * (3.0 - 2.0 * t);
    uint n = uint(int(point) + 4096);
    uint s = uint(int(seed));
    vec2 from = vec2(chance(n, s, 1u), chance(n, s, 2u));
    vec2 to = vec2(chance(n + 1u, s, 1u), chance(n + 1u, s, 2u));
    return mix(from, to, t) * 2.0 - 1.0;
}

void main() {
    float force = amount * clamp(0.12 + 0.75 * kick + 0.35 * pulse, 0.0, 1.0);
    vec2 jolt = path(TIME * 11.0) * force * 0.022;
    jolt.x *= RENDERSIZE.y / RENDERSIZE.x;
    // A shade closer all the while, so that no border comes into sight.
    vec2 at = 0.5 + (isf_FragNormCoord - 0.5) * (1.0 - 0.044 * amount) + jolt;
    gl_FragColor = IMG_NORM_PIXEL(inputImage, at);
}
