/*{
  "DESCRIPTION": "A wall of cut glass: every facet leans its own way and belongs to a part of the sound; light wanders over it.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Abstract"],
  "SONGREEL": {
    "family": "abstract",
    "energy": [0.2, 1.0],
    "moods": ["elegant", "futuristic", "cool", "hypnotic"],
    "words": {
      "en": ["crystals", "crystal", "voronoi", "cut glass", "facets", "low poly", "gems"],
      "zh": ["水晶", "晶体", "晶格", "宝石", "切面"]
    },
    "resolution": 0.44
  },
  "INPUTS": [
    {"NAME": "facets", "LABEL": "Number of facets", "TYPE": "float", "DEFAULT": 0.45, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "gleam", "LABEL": "Gleam", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "speed", "LABEL": "Speed", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "LABEL": "Bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "mid", "LABEL": "Mids", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "treble", "LABEL": "Treble", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
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
    {"TARGET": "points", "WIDTH": "32", "HEIGHT": "32", "FLOAT": true},
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

// The grid of the facets; its origin is where the middle of the picture is.
vec2 origin(float clock) {
    return vec2(clock * 0.5, clock * 0.23) + seed;
}

// Where the point of a cell is in it, in one number: x in whole steps of 1/1024, y in what is left.
float packed(ivec2 cell, float clock) {
    float h = hash(cell);
    float k = fract(h * 61.0);
    vec2 at = 0.5 + 0.36 * vec2(sway(h + clock * (0.3 + 0.3 * k)), sway(k + clock * (0.5 - 0.3 * h)));
    return floor(at.x * 1024.0) + at.y;
}

void main() {
    vec2 place = isf_FragNormCoord;
    vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    float px = canvas.x / RENDERSIZE.x;
    vec2 uv = (place - 0.5) * canvas;
    float clock = (TIME * 0.02 + travel * 0.04) * (0.3 + 1.4 * speed);
    vec2 start = floor(origin(clock));
    if (PASSINDEX == 0) {
        // A cell and its neighbors to the left and the right.
        ivec2 mine = ivec2(start + floor(gl_FragCoord.xy)) - 16;
        gl_FragColor = vec4(packed(mine - ivec2(1, 0), clock), packed(mine, clock), packed(mine + ivec2(1, 0), clock), 1.0);
        return;
    }
    float count = 3.2 + 4.2 * facets;
    float far = length(uv);
    // Larger towards the edges, as if the wall were bent towards the viewer.
    vec2 grid = uv * count * (1.15 - 0.25 * far) * (1.0 - 0.02 * kick - 0.04 * drop) + origin(clock) - start + 16.0;
    vec2 cell = floor(grid);
    vec2 part = grid - cell;
    ivec2 from = ivec2(cell) - ivec2(0, 1);
    float first = 9.0;
    vec2 to_first = vec2(0.0);
    vec2 mine = vec2(0.0);
    vec2 ways[9];
    for (int row = 0; row < 3; row++) {
        vec3 numbers = texelFetch(points, from + ivec2(0, row), 0).xyz;
        vec3 x = floor(numbers);
        vec3 y = numbers - x - part.y + (float(row) - 1.0);
        x = x * (1.0 / 1024.0) - part.x + vec3(-1.0, 0.0, 1.0);
        vec3 d = x * x + y * y;
        for (int k = 0; k < 3; k++) {
            vec2 to = vec2(x[k], y[k]);
            ways[row * 3 + k] = to;
            bool nearest = d[k] < first;
            first = nearest ? d[k] : first;
            to_first = nearest ? to : to_first;
            mine = nearest ? vec2(float(k - 1), float(row - 1)) : mine;
        }
    }
    float own = hash(ivec2(start + cell + mine) - 16);
    // How far the nearest border is, and which way.
    float border = 9.0;
    vec2 down = vec2(0.0);
    for (int i = 0; i < 9; i++) {
        vec2 across = ways[i] - to_first;
        float wide = dot(across, across);
        vec2 way = across * inversesqrt(wide + 0.000001);
        float d = wide < 0.0001 ? 9.0 : 0.5 * dot(to_first + ways[i], way);
        down = d < border ? way : down;
        border = min(border, d);
    }

    // A facet is a plane that leans; near its border it is ground down towards the next one.
    float k = fract(own * 57.0);
    float angle = fract(own * 91.0) * 6.2831853;
    vec2 lean = vec2(cos(angle), sin(angle)) * (0.25 + 0.4 * k);
    float bevel = ramp(0.16, 0.1, border);
    vec3 n = vec3(lean + down * bevel * 0.9, 1.0);
    n *= inversesqrt(dot(n, n));
    vec2 lamp_at = vec2(0.45 * sway(clock * 0.37 + seed * 0.2), 0.35 * sway(clock * 0.29 + seed * 0.3)) * canvas;
    vec3 lamp = vec3(lamp_at - uv, 0.45);
    float away = dot(lamp, lamp);
    lamp *= inversesqrt(away);
    float faced = max(dot(n, lamp), 0.0);
    vec3 half_way = vec3(lamp.xy, lamp.z + 1.0);
    half_way *= inversesqrt(dot(half_way, half_way));
    float spark = max(dot(n, half_way), 0.0);
    spark *= spark;
    spark *= spark;
    spark *= spark;
    spark *= spark * spark;

    // Its glass has one color of the palette and glows with one part of the sound.
    vec3 deep = mix(lin(ink), lin(shade), 0.4 + 0.6 * fract(own * 13.0));
    float pick = fract(own * 29.0);
    vec3 dye = pick < 0.42 ? lin(primary) : (pick < 0.72 ? lin(accent) : (pick < 0.8 ? lin(light) : lin(shade) * 1.4));
    float heard = pick < 0.42 ? bass : (pick < 0.72 ? mid : treble);
    float awake = ramp(0.0, 0.35, 0.12 + 0.95 * energy - fract(own * 7.0) + 0.25 * build);
    float within = fade(first * 2.2);
    vec3 color = deep * (0.12 + 0.6 * faced);
    color += dye * (0.1 + 0.9 * awake) * (0.1 + 0.5 * faced * faced) * (0.45 + 0.75 * heard + 0.2 * level);
    color += dye * awake * within * within * (0.1 + 0.5 * heard * heard + 0.35 * kick + 0.2 * drop);
    color *= 0.35 + 0.65 * fade(away * 1.1) + 0.3 * energy;
    color += mix(dye, lin(light), 0.6) * spark * gleam * (0.6 + 0.6 * energy + 1.0 * snare);

    // Edges catch the light; hats make some of them glint.
    float line = max(1.0 - abs(border - 0.012) / (0.012 + px * count), 0.0);
    float glint = step(0.7, fract(own * 31.0)) * hat;
    color += mix(lin(accent), lin(light), 0.5) * line * (0.05 + 0.35 * faced * fade(away * 2.0) + 0.7 * glint + 0.12 * energy);
    color *= 1.0 - 0.5 * max(1.0 - border / (px * count * 1.3), 0.0);
    vec2 frame = place - 0.5;
    gl_FragColor = vec4(develop(color * (1.08 - 0.75 * dot(frame, frame))), 1.0);
}
