/*{
  "DESCRIPTION": "Colored glass tumbles between mirrors: a star that turns with the song and answers every part of the beat.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Graphic"],
  "SONGREEL": {
    "family": "graphic",
    "energy": [0.25, 1.0],
    "moods": ["psychedelic", "ornate", "euphoric", "bright"],
    "words": {
      "en": ["kaleidoscope", "mandala", "psychedelic", "symmetry", "ornament", "stained glass"],
      "zh": ["万花筒", "曼陀罗", "迷幻", "对称", "彩色玻璃"]
    },
    "resolution": 0.47
  },
  "INPUTS": [
    {"NAME": "speed", "LABEL": "Speed", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "zoom", "LABEL": "Zoom", "TYPE": "float", "DEFAULT": 0.4, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "shine", "LABEL": "Shine", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "LABEL": "Bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "mid", "LABEL": "Mids", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "kick", "LABEL": "Kick", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "snare", "LABEL": "Snare", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "hat", "LABEL": "Hi-hat", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "level", "LABEL": "Loudness", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "energy", "LABEL": "Section energy", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "build", "LABEL": "Build-up", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "drop", "LABEL": "Drop", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "travel", "LABEL": "Travel", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 36000.0},
    {"NAME": "seed", "LABEL": "Seed", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1000.0},
    {"NAME": "ink", "LABEL": "Ink", "TYPE": "color", "DEFAULT": [0.043, 0.039, 0.102, 1.0]},
    {"NAME": "shade", "LABEL": "Shade", "TYPE": "color", "DEFAULT": [0.169, 0.122, 0.322, 1.0]},
    {"NAME": "primary", "LABEL": "Primary", "TYPE": "color", "DEFAULT": [0.91, 0.275, 0.486, 1.0]},
    {"NAME": "accent", "LABEL": "Accent", "TYPE": "color", "DEFAULT": [0.247, 0.757, 0.851, 1.0]},
    {"NAME": "light", "LABEL": "Light", "TYPE": "color", "DEFAULT": [1.0, 0.941, 0.878, 1.0]}
  ],
  "PASSES": [
    {"TARGET": "chamber", "WIDTH": "floor(min($WIDTH, $HEIGHT) * 0.5)", "HEIGHT": "floor(min($WIDTH, $HEIGHT) * 0.5)"},
    {}
  ]
}*/

float hash(ivec2 c) {
    uint n = uint(c.x) * 0x9E3779B1u ^ uint(c.y) * 0x85EBCA77u;
    n ^= n >> 15u;
    n *= 0x2C1B3C6Du;
    n ^= n >> 13u;
    n *= 0x297A2D39u;
    return float(int(n >> 8u)) * (1.0 / 16777216.0);
}
// Halve with each step of x from 0 on, nearly; an eighth of the cost of exp2.
float fade(float x) {
    return 1.0 / (1.0 + x * (0.6931 + x * (0.2402 + x * (0.0555 + x * 0.0096))));
}

// The smooth step, whose division is done once when the edges are constant.
float ramp(float from, float to, float x) {
    float t = clamp((x - from) * (1.0 / (to - from)), 0.0, 1.0);
    return t * t * (3.0 - 2.0 * t);
}
// A wave -1...1 with a period of one, softer than a triangle and cheaper than a sine.
float sway(float x) {
    float t = abs(fract(x) * 2.0 - 1.0);
    return t * t * (6.0 - 4.0 * t) - 1.0;
}
// Light adds up in linear values, so colors are squared on the way in and rooted on the way out.
vec3 lin(vec4 c) {
    return c.rgb * c.rgb;
}
// Highlights bend towards white instead of clipping one channel after another; half a step of noise stops banding.
vec3 develop(vec3 c) {
    float peak = max(c.r, max(c.g, c.b));
    c += max(peak - 1.0, 0.0) * 0.2;
    vec3 over = max(c - 0.55, 0.0);
    c += over * (0.45 / (over + 0.45) - 1.0);
    float speck = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
    return sqrt(abs(c)) + (speck - 0.5) / 255.0;
}
// Where a shard of glass is and how it lies.
vec4 lie(int i) {
    ivec2 id = ivec2(i * 7 + 1, int(seed) * 13);
    float a = hash(id);
    float b = hash(id + ivec2(3, 1));
    float c = hash(id + ivec2(5, 2));
    float clock = (TIME * 0.012 + travel * 0.028) * (0.3 + 1.4 * speed);
    vec2 home = (vec2(float((i * 5) % 4), float(i / 4)) + 0.5) / vec2(4.0, 3.0);
    vec2 at = home + 0.24 * vec2(sway(clock * (0.5 + a) + b), sway(clock * (0.4 + b) + c));
    float turn = (clock * (a - 0.5) * 6.0 + c * 7.0) + 0.3 * (i % 3 == 0 ? kick : (i % 3 == 1 ? snare : mid));
    return vec4(at, cos(turn), sin(turn));
}

// How large it is, and how bright.
vec2 strength(int i) {
    float hit = i % 3 == 0 ? kick : (i % 3 == 1 ? snare : mid);
    float size = mix(0.32, 0.12, float(i) / 11.0) * (0.75 + 0.5 * hash(ivec2(i * 7 + 1, int(seed) * 13))) * (1.0 + 0.08 * hit + 0.06 * bass);
    return vec2(size, 0.55 + 0.65 * energy + 0.28 * hit);
}

vec3 tint_of(int i) {
    float pick = fract(hash(ivec2(i * 7 + 4, int(seed) * 13 + 1)) * 7.0 + float(i) * 0.31);
    return pick < 0.4 ? lin(primary) : (pick < 0.72 ? lin(accent) : (pick < 0.86 ? lin(light) * 0.8 : lin(shade) * 1.3));
}

// Lay a shard over others; every third is a ball, a triangle, a leaf.
vec3 lay(vec3 color, vec2 at, int kind, vec4 lies, vec2 strong, vec3 tint, float px) {
    vec2 off = at - lies.xy;
    off = vec2(off.x * lies.z - off.y * lies.w, off.x * lies.w + off.y * lies.z) / strong.x;
    float shape = kind == 0 ? length(off) : (kind == 1 ? max(abs(off.x) * 0.866 + off.y * 0.5, -off.y) * 1.7 : length(vec2(abs(off.x) + 0.55, off.y)) * 1.15 - 0.12);
    float inside = clamp((1.0 - shape) * strong.x / px + 0.5, 0.0, 1.0);
    float slope = clamp(0.55 + off.x * 0.45 - off.y * 0.35, 0.0, 1.2);
    float rim = clamp(1.0 - (1.0 - shape) * 9.0, 0.0, 1.0);
    vec3 glass = color * tint * 1.5 + tint * (strong.y * (0.08 + 0.5 * slope * slope)) + (tint + lin(light) * 0.3) * (rim * rim * 0.3 * strong.y);
    return mix(color, glass, inside * 0.86);
}

// The direction of a place in turns, -0.5...0.5, from the positive x on; a third of the cost of atan.
float turns_of(vec2 at) {
    vec2 far = abs(at);
    float t = min(far.x, far.y) / max(max(far.x, far.y), 0.000001);
    float t2 = t * t;
    float turn = t * (0.159091 + t2 * (-0.052303 + t2 * (0.026933 - t2 * 0.008796)));
    turn = far.y > far.x ? 0.25 - turn : turn;
    turn = at.x < 0.0 ? 0.5 - turn : turn;
    return at.y < 0.0 ? -turn : turn;
}

void main() {
    if (PASSINDEX == 0) {
        vec2 at = isf_FragNormCoord;
        float px = 1.0 / RENDERSIZE.x;
        float glow = fade(length(at - vec2(0.35, 0.45)) * 2.6);
        vec3 color = mix(lin(ink) * 0.25, lin(shade) * 0.8, glow) + lin(primary) * glow * glow * (0.08 + 0.25 * bass + 0.12 * energy);
        color = lay(color, at, 0, lie(0), strength(0), tint_of(0), px);
        color = lay(color, at, 1, lie(1), strength(1), tint_of(1), px);
        color = lay(color, at, 2, lie(2), strength(2), tint_of(2), px);
        color = lay(color, at, 0, lie(3), strength(3), tint_of(3), px);
        color = lay(color, at, 1, lie(4), strength(4), tint_of(4), px);
        color = lay(color, at, 2, lie(5), strength(5), tint_of(5), px);
        color = lay(color, at, 0, lie(6), strength(6), tint_of(6), px);
        color = lay(color, at, 1, lie(7), strength(7), tint_of(7), px);
        color = lay(color, at, 2, lie(8), strength(8), tint_of(8), px);
        color = lay(color, at, 0, lie(9), strength(9), tint_of(9), px);
        color = lay(color, at, 1, lie(10), strength(10), tint_of(10), px);
        color = lay(color, at, 2, lie(11), strength(11), tint_of(11), px);
        gl_FragColor = vec4(sqrt(color * 0.6), 1.0);
    } else {
        vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
        float px = canvas.x / RENDERSIZE.x;
        vec2 uv = (isf_FragNormCoord - 0.5) * canvas;
        float clock = (TIME * 0.02 + travel * 0.035) * (0.3 + 1.4 * speed) + seed * 0.37;
        float radius = length(uv) + 0.0001;

        // Two mirrors make the star; each ray meets them again further out.
        float arms = 4.0 + mod(floor(seed), 5.0);
        float part = 3.14159265 / arms;
        float angle = 6.2831853 * turns_of(uv) + clock * 0.6 + 0.04 * snare;
        float wedge = abs(mod(angle, 2.0 * part) - part);
        float w2 = wedge * wedge;
        vec2 z = radius * vec2(1.0 - w2 * (0.5 - w2 * 0.041667), wedge * (1.0 - w2 * (0.166667 - w2 * 0.008333)));
        float mirror_edge = min(z.y, radius * (part - wedge));
        z *= (2.4 - 1.4 * zoom) * (1.0 - 0.025 * kick - 0.06 * drop + 0.08 * build);
        float lean = sway(clock * 0.21) * 0.6;
        z = vec2(z.x - lean * z.y, z.y + lean * z.x) + vec2(clock * 0.21, clock * 0.13);
        vec2 turns = floor(z);
        z = abs(z - 2.0 * floor(z * 0.5 + 0.5));
        vec3 color = IMG_NORM_PIXEL(chamber, z * 0.97 + 0.015).rgb;
        color *= color * 1.67;

        // Mirrors lose a little light with each bounce, and their seams catch some.
        color *= 1.0 + 0.12 * sway((turns.x + turns.y) * 0.5);
        color += mix(lin(accent), lin(light), 0.6) * clamp(1.4 - mirror_edge / (px * 1.2), 0.0, 1.0) * shine * (0.03 + 0.1 * energy + 0.14 * hat);
        float heart = fade(radius * (30.0 - 5.0 * bass));
        color += mix(lin(accent), lin(light), 0.6) * heart * (0.12 + 0.3 * energy + 0.25 * kick + 0.25 * drop);
        float far = radius / length(canvas * 0.5);
        color *= (1.25 - 1.0 * far * far) * (0.75 + 0.1 * level + 0.16 * kick + 0.28 * energy);
        gl_FragColor = vec4(develop(color), 1.0);
    }
}
