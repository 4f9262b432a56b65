/*{
  "DESCRIPTION": "Two inks on dark paper: dots that swell where waves of sound pass, printed a little out of register.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Graphic"],
  "SONGREEL": {
    "family": "graphic",
    "energy": [0.2, 1.0],
    "moods": ["bold", "graphic", "playful", "driving"],
    "words": {
      "en": ["halftone", "dots", "print", "pop art", "poster", "graphic design"],
      "zh": ["半调", "网点", "印刷", "波普", "海报", "平面设计"]
    },
    "resolution": 0.54
  },
  "INPUTS": [
    {"NAME": "cells", "LABEL": "Size of the dots", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "speed", "LABEL": "Speed", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "misprint", "LABEL": "Misregister", "TYPE": "float", "DEFAULT": 0.4, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beat", "LABEL": "Beat phase", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "LABEL": "Bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "mid", "LABEL": "Mids", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "kick", "LABEL": "Kick", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "snare", "LABEL": "Snare", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "hat", "LABEL": "Hi-hat", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "level", "LABEL": "Loudness", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "energy", "LABEL": "Section energy", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
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
    {"TARGET": "tone", "WIDTH": "$WIDTH/4", "HEIGHT": "$HEIGHT/4"},
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

// Value noise 0...1; the four corners are hashed side by side.
float noise(vec2 p) {
    vec2 cell = floor(p);
    vec2 f = p - cell;
    uvec2 low = uvec2(ivec2(cell)) * uvec2(0x9E3779B1u, 0x85EBCA77u);
    uvec2 high = low + uvec2(0x9E3779B1u, 0x85EBCA77u);
    uvec4 n = uvec4(low.x, high.x, low.x, high.x) ^ uvec4(low.y, low.y, high.y, high.y);
    n ^= n >> 15u;
    n *= 0x2C1B3C6Du;
    n ^= n >> 13u;
    vec4 corner = vec4(ivec4(n >> 8u));
    f = f * f * (3.0 - 2.0 * f);
    vec2 side = corner.xz + (corner.yw - corner.xz) * f.x;
    return (side.x + (side.y - side.x) * f.y) * (1.0 / 16777216.0);
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

void main() {
    vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    vec2 uv = (isf_FragNormCoord - 0.5) * canvas;
    float clock = (TIME * 0.03 + travel * 0.09) * (0.3 + 1.4 * speed);
    if (PASSINDEX == 0) {
        // How much of each ink belongs here: a ball, a wave that runs from it with the beat, drifting clouds.
        vec2 home = vec2(sway(clock * 0.31 + seed * 0.13) * 0.3 * canvas.x, sway(clock * 0.23 + seed * 0.29) * 0.22 * canvas.y);
        vec2 off = uv - home;
        float far = length(off);
        float turn = clock * 1.5 + seed;
        vec2 warp = vec2(noise(uv * 1.8 + turn * 0.3), noise(uv * 1.8 - turn * 0.3 + 40.0)) - 0.5;
        float radius = 0.2 + 0.03 * bass + 0.035 * kick + 0.04 * drop;
        float ball = clamp((radius - far) * 7.0 + 0.5, 0.0, 1.0) * clamp(0.62 + dot(off, vec2(-1.1, 1.7)) / (radius * 2.6), 0.15, 1.0);
        float swell = sway(far * 1.7 - clock * 1.2 + warp.x * 0.9) * 0.5 + 0.5;
        float sheets = sway(uv.x * 0.6 + uv.y * 0.9 + warp.y * 1.6 + clock * 0.6) * 0.5 + 0.5;
        float ring = fade(abs(far - radius - beat * 0.7) * 16.0) * (1.0 - beat) * min(beat * 5.0, 1.0) * min(level * 1.5, 1.0);
        float strong = 0.34 + 0.3 * energy;
        float one = swell * swell * strong * (0.75 + 0.3 * mid) + ring * 0.5 + 0.1 * snare * swell;
        float two = sheets * sheets * strong * (0.7 + 0.35 * bass) * (1.0 - 0.6 * ball);
        gl_FragColor = vec4(sqrt(clamp(vec3(one * (1.0 - 0.5 * ball), two, ball), 0.0, 1.0)), 1.0);
    } else {
        float px = canvas.x / RENDERSIZE.x;
        float cell = (0.014 + 0.022 * cells) * 0.9;
        vec3 paper = mix(lin(ink) * 0.5, lin(shade) * 0.45, 0.35 + 0.3 * isf_FragNormCoord.y);
        float fiber = hash(ivec2(gl_FragCoord.xy / 2.0));
        vec3 color = paper * (0.96 + 0.08 * fiber);
        for (int i = 0; i < 3; i++) {
            // Three screens at the printers' angles, each looked up at the middle of its dot.
            vec2 axis = i == 0 ? vec2(0.966, 0.259) : (i == 1 ? vec2(0.259, 0.966) : vec2(0.707, 0.707));
            float size = i == 2 ? cell * 0.8 : cell;
            vec2 shift = (i == 0 ? vec2(0.004, -0.002) : vec2(-0.003, 0.003)) * misprint * 2.0;
            vec2 at = mat2(axis.x, axis.y, -axis.y, axis.x) * (uv + shift) / size;
            vec2 middle = floor(at) + 0.5;
            vec2 source = (middle * size) * mat2(axis.x, axis.y, -axis.y, axis.x) - shift;
            vec4 tones = texelFetch(tone, ivec2(clamp(source / canvas + 0.5, 0.0, 0.9999) * IMG_SIZE(tone)), 0);
            float much = i == 0 ? tones.x : (i == 1 ? tones.y : tones.z);
            float radius = much * (0.72 + 0.09 * kick);
            float far = length(at - middle);
            float dot_cover = clamp((radius - far) * size / px + 0.5, 0.0, 1.0) * clamp(radius * 8.0 - 0.3, 0.0, 1.0);
            vec3 dye = i == 0 ? lin(primary) : (i == 1 ? lin(accent) : lin(light));
            dye *= 0.7 + 0.3 * energy + 0.2 * kick;
            color = mix(color, i == 1 ? mix(dye, color * dye * 1.6, 0.35) : dye, dot_cover * 0.95);
        }
        color += lin(light) * step(0.9985, fiber) * (0.05 + 0.2 * hat);
        vec2 frame = isf_FragNormCoord - 0.5;
        gl_FragColor = vec4(develop(color * (1.05 - 0.6 * dot(frame, frame))), 1.0);
    }
}
