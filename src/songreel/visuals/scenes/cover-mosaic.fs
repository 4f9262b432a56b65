/*{
  "DESCRIPTION": "The cover as a wall of tiles: they turn over on the beat, a wave runs through them with the kick, the drop throws them apart.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Cover"],
  "SONGREEL": {
    "family": "cover",
    "energy": [0.2, 1.0],
    "moods": ["energetic", "playful", "vivid", "futuristic"],
    "words": {
      "en": ["mosaic", "cover mosaic", "tiled cover", "album mosaic", "flipping tiles"],
      "zh": ["马赛克", "封面马赛克", "翻转方块", "封面拼图"]
    },
    "resolution": 0.5
  },
  "INPUTS": [
    {"NAME": "cover", "LABEL": "Cover", "TYPE": "image"},
    {"NAME": "tiles", "LABEL": "Number of tiles", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "gaps", "LABEL": "Gaps", "TYPE": "float", "DEFAULT": 0.4, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "unrest", "LABEL": "Unrest", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beat", "LABEL": "Beat phase", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beatCount", "LABEL": "Beats so far", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 100000.0},
    {"NAME": "bass", "LABEL": "Bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "mid", "LABEL": "Mids", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "treble", "LABEL": "Treble", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "kick", "LABEL": "Kick", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "snare", "LABEL": "Snare", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "hat", "LABEL": "Hi-hat", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
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
    {"TARGET": "small", "WIDTH": "64", "HEIGHT": "64", "FLOAT": true},
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

// Light of the cover, or of the palette where there is no cover.
vec3 art(vec2 at, float given) {
    vec4 look = IMG_NORM_PIXEL(cover, at);
    vec2 from = at - vec2(0.3 + 0.4 * fract(seed * 0.618), 0.4);
    float mixed = clamp(at.y * 0.8 + 0.35 * sway(at.x * 0.4 + seed * 0.21), 0.0, 1.0);
    vec3 own = mix(lin(primary), lin(shade) * 0.8, mixed);
    own = mix(own, lin(accent), fade(dot(from, from) * 26.0) * 0.85);
    return mix(own, look.rgb * look.rgb * look.a, given);
}

void main() {
    float given = step(2.0, IMG_SIZE(cover).x);
    vec2 place = isf_FragNormCoord;
    if (PASSINDEX == 0) {
        // One color for each part of the cover: what a tile shows that is out of focus.
        vec3 sum = vec3(0.0);
        for (int i = 0; i < 25; i++) {
            sum += art(clamp(place + (vec2(float(i % 5), float(i / 5)) - 2.0) / 40.0, 0.01, 0.99), given);
        }
        gl_FragColor = vec4(sum / 25.0, 1.0);
        return;
    }
    vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    float px = canvas.x / RENDERSIZE.x;
    vec2 uv = (place - 0.5) * canvas;
    float slow = TIME * 0.01 + travel * 0.012;
    float count = 2.0 * floor(4.0 + 5.0 * tiles);
    float side = 0.82;
    float wide = side / count;
    float zoom = 1.0 - 0.015 * kick - 0.04 * build + 0.03 * sway(slow * 0.6);
    vec2 bow = uv * zoom * (1.0 - 0.05 * dot(uv, uv) * (1.0 + drop));
    vec2 grid = bow / wide;
    vec2 cell = floor(grid);
    vec2 at = grid - cell - 0.5;
    vec2 middle = (cell + 0.5) * wide;
    float reach = max(abs(middle.x), abs(middle.y));
    float far = length(middle);
    float inside = step(reach, side * 0.5);
    float own = hash(ivec2(cell) + ivec2(int(seed) * 3, 71));
    float k = fract(own * 57.0);
    float m = fract(own * 91.0);

    // A tile waits a number of beats of its own, then turns over while the beat lasts; few turn while it is quiet.
    float period = k < 0.3 ? 4.0 : (k < 0.65 ? 8.0 : 16.0);
    float since = beatCount + floor(m * 16.0);
    float turns = floor(since / period);
    float mover = step(fract(own * 7.0), 0.08 + 0.3 * unrest * energy + 0.25 * energy * energy + (1.0 - inside) * 0.15);
    float due = (since - turns * period < 0.5 ? 1.0 : 0.0) * mover;
    float ease = (1.0 - beat) * (1.0 - beat) * (1.0 - beat);
    float around = 1.0 - due * ease;
    float facing = due > 0.5 ? 1.0 - 2.0 * around * around * (3.0 - 2.0 * around) : -1.0;
    float flat_by = abs(facing);
    float shown_back = step(0.0, facing);
    float axis = step(0.5, fract(own * 13.0));

    // A wave from the middle lifts the tiles; loud parts of the sound lift some of them more.
    float heard = m < 0.4 ? bass : (m < 0.75 ? mid : treble);
    float wave = fade(abs(far - beat * 1.3) * 7.0) * (1.0 - beat) * kick;
    float lift = 0.5 * wave + 0.22 * kick * fade(far * 3.0) + 0.35 * heard * energy * k + 0.25 * build * m;
    float apart = 0.035 + 0.07 * gaps + 0.1 * build + 0.16 * drop * k + 0.06 * (1.0 - inside);
    float scale = 1.0 - apart + 0.06 * lift;
    vec2 push = vec2(k - 0.5, m - 0.5) * (0.16 * drop + 0.04 * unrest * energy);
    vec2 q = (at - push) / scale;
    vec2 squash = vec2(mix(flat_by, 1.0, axis), mix(1.0, flat_by, axis)) + 0.001;
    q /= squash;
    float corner = 0.07;
    vec2 b = abs(q) - 0.5 + corner;
    float outline = (length(max(b, 0.0)) + min(max(b.x, b.y), 0.0) - corner) * scale;
    float cover_by = clamp(-outline * wide / px * min(squash.x, squash.y) + 0.5, 0.0, 1.0);

    // What it shows: its part of the cover; outside of the square, the cover's colors far out of focus.
    vec2 look = (middle + q * wide * vec2(1.0, 1.0)) / side + 0.5;
    vec3 front = art(clamp(look, 0.002, 0.998), given);
    vec2 folded = abs(fract((middle / side + 0.5) * 0.5 + 0.5) * 2.0 - 1.0);
    vec3 blur = IMG_NORM_PIXEL(small, clamp(1.0 - folded, 0.03, 0.97)).rgb;
    float glow = 0.12 + 0.22 * fade((reach - 0.4) * 3.0) + 0.35 * heard * energy + 0.6 * wave;
    vec3 outer = blur * glow * (0.7 + 0.6 * k) * (0.6 + 0.7 * energy);
    vec3 dye = m < 0.45 ? lin(primary) : (m < 0.8 ? lin(accent) : lin(light));
    outer = mix(outer, dye * (0.15 + 0.5 * energy) * (0.4 + heard), step(0.86, fract(own * 31.0)) * clamp(energy * 1.4, 0.0, 1.0) * 0.8);
    vec3 color = mix(outer, front * (0.92 + 0.3 * lift + 0.06 * energy), inside);
    color = mix(color, dye * (0.55 + 0.35 * energy), shown_back);
    float turned_light = due > 0.5 ? 0.55 + 0.45 * flat_by + 0.35 * sqrt(1.0 - facing * facing) * (axis - 0.3) : 1.0;
    color *= turned_light;

    // A bevel, brighter above; hats glint on single tiles and snares run along a slanting line.
    float bevel = clamp(1.0 + outline * 16.0, 0.0, 1.0);
    color *= 1.0 + bevel * (q.y + q.x * -0.4) * 0.55;
    float glint = step(0.93, fract(own * 43.0 + beatCount * 0.37)) * hat;
    color += lin(light) * glint * (0.16 + 0.3 * bevel) * (0.3 + 0.7 * energy);
    float sweep = fade(abs(middle.x * 0.7 + middle.y * 0.5 - 0.6 + beat * 1.2) * 9.0) * snare;
    color += mix(lin(light), color * 3.0, 0.6) * sweep * 0.28;

    // The wall behind the tiles, in their shade.
    vec2 shaded = abs(at - push - vec2(0.02, -0.05) * (1.0 + lift)) / scale - 0.44;
    float shadow = fade(max(max(shaded.x, shaded.y), 0.0) * 14.0);
    vec3 wall = mix(lin(ink) * 0.3, blur * 0.25 + lin(shade) * 0.12, 0.6) * (0.5 + 0.5 * energy) * (1.0 - 0.7 * shadow);
    wall += lin(primary) * inside * (0.03 + 0.3 * drop + 0.12 * bass);
    color = mix(wall, color, cover_by);
    vec2 frame = place - 0.5;
    gl_FragColor = vec4(develop(color * (1.05 - 0.7 * dot(frame, frame))), 1.0);
}
