/*{
  "DESCRIPTION": "Rain runs down a window at night; behind it the lights of the street melt into discs that breathe with the music.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Places"],
  "SONGREEL": {
    "family": "places",
    "energy": [0.0, 0.6],
    "moods": ["melancholy", "calm", "intimate", "night"],
    "words": {
      "en": ["rain", "window", "bokeh", "rainy night", "lofi", "cozy", "drops"],
      "zh": ["雨", "雨夜", "窗", "散景", "雨滴", "慵懒"]
    },
    "resolution": 0.45
  },
  "INPUTS": [
    {"NAME": "rain", "LABEL": "Rain", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "lights", "LABEL": "Lights", "TYPE": "float", "DEFAULT": 0.6, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "mist", "LABEL": "Mist on the glass", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "LABEL": "Bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "mid", "LABEL": "Mids", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "kick", "LABEL": "Kick", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "snare", "LABEL": "Snare", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "hat", "LABEL": "Hi-hat", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "level", "LABEL": "Loudness", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "energy", "LABEL": "Section energy", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "travel", "LABEL": "Travel", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 36000.0},
    {"NAME": "seed", "LABEL": "Seed", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1000.0},
    {"NAME": "ink", "LABEL": "Ink", "TYPE": "color", "DEFAULT": [0.043, 0.039, 0.102, 1.0]},
    {"NAME": "shade", "LABEL": "Shade", "TYPE": "color", "DEFAULT": [0.169, 0.122, 0.322, 1.0]},
    {"NAME": "primary", "LABEL": "Primary", "TYPE": "color", "DEFAULT": [0.91, 0.275, 0.486, 1.0]},
    {"NAME": "accent", "LABEL": "Accent", "TYPE": "color", "DEFAULT": [0.247, 0.757, 0.851, 1.0]},
    {"NAME": "light", "LABEL": "Light", "TYPE": "color", "DEFAULT": [1.0, 0.941, 0.878, 1.0]}
  ],
  "PASSES": [
    {"TARGET": "town", "WIDTH": "$WIDTH/4", "HEIGHT": "$HEIGHT/4", "FLOAT": true},
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

// One sheet of lights out of focus: soft discs with a slightly brighter rim, strung along streets.
vec3 discs(vec2 uv, float size, float layer, float floor_y) {
    vec2 at = uv / size + vec2(seed * 3.1 + layer * 17.0 + TIME * 0.012 * (layer - 1.0), layer * 5.3);
    vec2 cell = floor(at - 0.5);
    vec3 sum = vec3(0.0);
    for (int k = 0; k < 4; k++) {
        vec2 id = cell + vec2(float(k % 2), float(k / 2));
        ivec2 key = ivec2(id) + ivec2(int(layer) * 131, int(seed) * 17);
        float own = hash(key);
        vec2 spot = id + 0.5 + 0.7 * (vec2(hash(key + 71), hash(key + 173)) - 0.5);
        float high = (spot.y - layer * 5.3) * size - floor_y;
        float there = step(1.0 - 0.85 * lights * fade(abs(high) * 4.6), own);
        float pick = fract(own * 37.0);
        float beat_light = pick < 0.3 ? kick : (pick < 0.5 ? snare : (pick < 0.75 ? bass : mid));
        float flicker = 0.88 + 0.12 * sway(TIME * 0.17 + own * 90.0);
        float radius = 0.36 + 0.15 * fract(own * 11.0) + 0.03 * beat_light;
        float far = length(at - spot);
        float disc = clamp((radius - far) * 9.0, 0.0, 1.0) * (0.62 + 0.5 * far * far / (radius * radius));
        float tone = fract(own * 71.0);
        vec3 tint = tone < 0.42 ? lin(primary) : (tone < 0.75 ? lin(accent) : mix(lin(light), lin(primary), 0.25));
        sum += tint * disc * there * flicker * (0.22 + 0.35 * energy + 0.5 * beat_light) * (0.45 + 0.8 * fract(own * 23.0));
    }
    return sum;
}

void main() {
    vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    float px = canvas.x / RENDERSIZE.x;
    vec2 uv = vec2(isf_FragNormCoord.x - 0.5, isf_FragNormCoord.y) * canvas;
    if (PASSINDEX == 0) {
        float floor_y = canvas.y * (0.36 + 0.1 * fract(seed * 0.618));
        float high = isf_FragNormCoord.y;
        vec3 color = mix(lin(ink) * 0.4, lin(shade) * 0.55, fade(abs(uv.y - floor_y) * 3.0) * 0.9);
        color += lin(primary) * fade(abs(uv.y - floor_y) * 5.0) * (0.05 + 0.1 * energy + 0.08 * bass);
        color += discs(uv, 0.13, 0.0, floor_y) * 0.55;
        color += discs(uv, 0.2, 1.0, floor_y) * 0.8;
        color += discs(uv, 0.31, 2.0, floor_y - 0.08) * 0.6;
        gl_FragColor = vec4(color * (1.0 - 0.35 * high), 1.0);
    } else {
        float clock = TIME * 0.06 + travel * 0.14;
        vec2 lens = vec2(0.0);
        float clear = 0.0;
        float dark = 0.0;
        float shine = 0.0;

        // Two sheets of drops that run down in fits and starts and leave a trail; the larger ones leave beads on it.
        for (int i = 0; i < 2; i++) {
            float wide = i == 0 ? 0.085 : 0.05;
            float column = floor(uv.x / wide);
            float own = hash(ivec2(int(column), i * 31 + int(seed) * 3));
            float wait = clock * (0.6 + 0.8 * own) + own * 7.0;
            float tall = wide * (i == 0 ? 7.0 : 5.0);
            float down = uv.y / tall + wait + 0.09 * sway(wait * 1.4);
            float row = floor(down);
            float luck = hash(ivec2(int(column) * 3 + i, int(row)));
            float there = step(0.7 - 0.6 * rain, luck);
            float bend = sway(uv.y * 1.9 + own) * 0.13;
            vec2 local = vec2((uv.x / wide - column - 0.5 - bend - 0.3 * (fract(luck * 17.0) - 0.5)) * wide, (down - row - 0.16) * tall);
            float size = wide * (0.17 + 0.13 * fract(luck * 29.0));
            float reach = length(vec2(local.x, local.y * (local.y > 0.0 ? 0.92 : 0.82))) / size;
            float mask = clamp((1.0 - reach) * size / px * 0.7, 0.0, 1.0) * there;
            vec2 push = local / size;
            float left = 1.0 - clamp(local.y / tall, 0.0, 1.0);
            float tail = clamp((size * 0.62 * left - abs(local.x)) / (px * 2.0), 0.0, 1.0) * step(0.0, local.y) * there * left;
            if (i == 0) {
                float bead_y = local.y / (size * 2.1);
                float bead_row = floor(bead_y);
                float bead_size = size * 0.5 * left * hash(ivec2(int(column), int(bead_row + row * 40.0))) + 0.0001;
                vec2 bead = vec2(local.x + (luck - 0.5) * size * 0.6, (bead_y - bead_row - 0.5) * size * 2.1) / bead_size;
                float bead_far = length(bead);
                float bead_mask = clamp((1.0 - bead_far) * bead_size / px * 0.7, 0.0, 1.0) * step(size, local.y) * there;
                bool is_bead = bead_mask > mask;
                push = is_bead ? bead : push;
                reach = is_bead ? bead_far : reach;
                mask = max(mask, bead_mask);
            }
            lens = mix(lens, push, mask);
            clear = max(clear, max(mask, tail * 0.7));
            reach = min(reach, 1.0);
            dark = max(dark, mask * reach * reach * reach);
            vec2 glint = push - vec2(-0.32, 0.42);
            shine = max(shine * (1.0 - mask), mask * clamp(1.0 - dot(glint, glint) * 9.0, 0.0, 1.0));
        }

        // Fine drops that sit still, come and go.
        vec2 grid = uv * 34.0 + seed;
        vec2 cell = floor(grid);
        float own = hash(ivec2(cell));
        vec2 off = grid - cell - 0.5 - 0.5 * (fract(vec2(own * 57.0, own * 91.0)) - 0.5);
        float life = fract(own * 13.0 + TIME * 0.03);
        float size = (0.12 + 0.2 * fract(own * 31.0)) * (1.0 - life) * step(0.42, own) * (0.5 + 0.5 * rain);
        float fine = clamp((size - length(off)) / (px * 34.0) + 0.2, 0.0, 1.0) * step(0.02, size) * (1.0 - clear);
        lens = mix(lens, off / (size + 0.01), fine);
        clear = max(clear, fine);
        shine = max(shine, fine * clamp(off.y / (size + 0.01), 0.0, 1.0) * (0.2 + 0.8 * hat));

        vec2 place = isf_FragNormCoord - lens * vec2(0.1, 0.16) / canvas * 2.2 * clear;
        vec3 town_light = IMG_NORM_PIXEL(town, place).rgb;
        vec3 fog = mix(lin(shade), lin(primary), 0.15) * (0.02 + 0.05 * mist) * (0.6 + energy + 0.5 * bass);
        vec3 color = mix(town_light * (0.95 - 0.22 * mist) + fog, town_light * 1.35, clear);
        color *= 1.0 - 0.75 * dark;
        color += (lin(light) * 0.35 + town_light) * shine * (0.35 + 0.3 * level + 0.3 * hat);
        vec2 frame = isf_FragNormCoord - 0.5;
        color *= 1.08 - 0.8 * dot(frame, frame);
        gl_FragColor = vec4(develop(color), 1.0);
    }
}
