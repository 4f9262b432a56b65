/*{
  "DESCRIPTION": "A plane of discs swells into balls that wander, as painters of illusions did; the drums inflate them, single discs change color.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Graphic"],
  "SONGREEL": {
    "family": "graphic",
    "energy": [0.2, 1.0],
    "moods": ["hypnotic", "playful", "vivid", "flashy"],
    "words": {
      "en": ["op art", "optical illusion", "vasarely", "illusion", "spheres", "op-art"],
      "zh": ["欧普艺术", "视错觉", "错觉", "波点", "球面"]
    },
    "resolution": 0.54
  },
  "INPUTS": [
    {"NAME": "discs", "LABEL": "Number of discs", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "swell", "LABEL": "Swelling", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "drift", "LABEL": "Drift", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beat", "LABEL": "Beat phase", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
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

// A wave -1...1 with a period of one, softer than a triangle and cheaper than a sine.
float sway(float x) {
    float t = abs(fract(x) * 2.0 - 1.0);
    return t * t * (6.0 - 4.0 * t) - 1.0;
}

// A ball under the plane: where it is (xy), how wide (z), how far it stands out (w).
vec4 ball(float i, float clock, vec2 canvas, float push) {
    float own = hash(ivec2(int(i) * 9 + 1, int(seed) * 3));
    vec2 at = vec2(sway(clock * (0.5 + 0.3 * own) + own * 7.0 + i * 0.41), sway(clock * (0.63 - 0.25 * own) + own * 3.0 + i * 0.17));
    float wide = (0.36 - 0.07 * i + 0.05 * own) * (0.85 + 0.3 * swell) * (1.0 + 0.06 * push);
    return vec4(at * canvas * 0.27, wide, clamp((0.35 + 0.3 * swell + 0.18 * energy) * (0.75 + 0.4 * push), 0.0, 0.8));
}

// Bend the plane over a ball: what is seen at a place, and the square of how high it stands there (z).
vec3 bend(vec3 seen, vec4 b) {
    vec2 off = seen.xy - b.xy;
    float part = dot(off, off) / (b.z * b.z);
    float h = max(1.0 - part, 0.0);
    float k = 1.0 - b.w * h * h * (3.0 - 2.0 * h);
    return vec3(b.xy + off * k, max(seen.z, b.w * b.w * h));
}

void main() {
    vec2 place = isf_FragNormCoord;
    vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    float px = canvas.x / RENDERSIZE.x;
    vec2 uv = (place - 0.5) * canvas;
    float clock = (TIME * 0.012 + travel * 0.026) * (0.3 + 1.4 * drift);
    vec4 first = ball(0.0, clock, canvas, 0.9 * kick + 0.4 * drop);
    vec4 second = ball(1.0, clock, canvas, 0.9 * bass + 0.3 * build);
    vec4 third = ball(2.0, clock, canvas, 0.9 * snare);
    float turn = 0.5 * sway(clock * 0.13 + seed * 0.2) + 0.35;
    vec3 seen = bend(bend(bend(vec3(uv, 0.0), first), second), third);
    vec2 q = vec2(seen.x * cos(turn) + seen.y * sin(turn), seen.y * cos(turn) - seen.x * sin(turn));
    float count = 13.0 + 12.0 * discs;
    vec2 grid = q * count + vec2(clock * 2.0 + seed, 0.5);
    vec2 cell = floor(grid);
    vec2 at = grid - cell - 0.5;

    // How many cells a pixel is wide here: the plane is stretched where it stands out.
    float stretch = sqrt(dot(dFdx(seen.xy), dFdx(seen.xy)) + dot(dFdy(seen.xy), dFdy(seen.xy))) * (0.7071 / px);
    float foot = px * count * clamp(stretch, 0.08, 1.6);
    float own = hash(ivec2(cell));
    float k = fract(own * 57.0);

    // A wave of size runs over the plane with the beat; diagonals alternate between two figures.
    float wave = sway((cell.x * 0.6 + cell.y) * 0.045 - clock * 1.2);
    float ring = fade(abs(length(uv) - beat * 1.2) * 8.0) * (1.0 - beat) * clamp(level * 2.0, 0.0, 1.0) * energy;
    float size = 0.34 + 0.055 * wave + 0.05 * ring + 0.04 * kick * fade(length(uv) * 2.0) + 0.02 * energy;
    float disc = clamp((size - length(at)) / foot + 0.5, 0.0, 1.0);
    float inner = clamp((size * 0.52 - length(at)) / foot + 0.5, 0.0, 1.0);
    float pick = fract(own * 29.0);

    // Light comes from above on the left; a ball is bright there and its far side sinks into the ground.
    float high = sqrt(seen.z);
    float east = dFdx(high) / px;
    float north = dFdy(high) / px;
    float lit = clamp(0.55 + 0.5 * high + 0.14 * clamp(north - east * 0.7, -3.0, 3.0), 0.1, 1.5);
    float loud = 0.55 + 0.45 * energy;
    vec3 night = mix(lin(ink) * 0.55, lin(shade) * 0.9, clamp(high * 1.2 * lit, 0.0, 1.0));
    vec3 low = mix(lin(shade), lin(primary), 0.25 + 0.35 * clamp(0.5 + 0.5 * wave + 0.4 * mid - 0.2, 0.0, 1.0));
    float split = ramp(0.3, 0.7, 0.5 + 0.5 * sway(dot(uv, vec2(0.31, -0.2)) + clock * 0.4 + seed * 0.1));
    vec3 figure = mix(low, mix(lin(primary), lin(accent), split), clamp(0.25 + 1.1 * high + 0.35 * energy, 0.0, 1.0));
    vec3 heart = pick < 0.5 ? mix(figure, night, 0.75) : mix(lin(accent), lin(primary), split);
    float flip = ramp(0.86, 0.97, sway(own * 13.0 + clock * 0.35) + 0.06 * energy);
    heart = mix(heart, lin(light), flip * (0.25 + 0.75 * hat));
    vec3 ground = night * (0.75 + 0.25 * lit);
    vec3 color = mix(ground, mix(figure, heart, inner * step(0.35, k)) * lit * loud * (1.0 + 0.2 * kick * high), disc);
    color *= 1.0 - 0.3 * fade(abs(high) * 16.0) * step(0.001, high);
    vec2 frame = place - 0.5;
    gl_FragColor = vec4(develop(color * (1.08 - 0.6 * dot(frame, frame))), 1.0);
}
