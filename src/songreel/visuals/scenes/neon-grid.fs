/*{
  "DESCRIPTION": "A glowing grid runs to the horizon under a striped sun, between mountains drawn in wire.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Graphic"],
  "SONGREEL": {
    "family": "graphic",
    "energy": [0.35, 1.0],
    "moods": ["retro", "driving", "neon", "confident"],
    "words": {
      "en": ["synthwave", "grid", "retrowave", "outrun", "80s", "vaporwave", "neon"],
      "zh": ["合成器浪潮", "霓虹网格", "复古", "蒸汽波", "八十年代"]
    },
    "resolution": 0.45
  },
  "INPUTS": [
    {"NAME": "cells", "LABEL": "Grid density", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "speed", "LABEL": "Speed", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "sun", "LABEL": "Size of the sun", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "peaks", "LABEL": "Mountains", "TYPE": "float", "DEFAULT": 0.6, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beat", "LABEL": "Beat phase", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beatCount", "LABEL": "Beats so far", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 100000.0},
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
    {"TARGET": "above", "WIDTH": "$WIDTH", "HEIGHT": "$HEIGHT*0.64"},
    {"TARGET": "below", "WIDTH": "$WIDTH", "HEIGHT": "$HEIGHT*0.36"},
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

const float GROUND = 0.36;   // the share of the height below the horizon

// Height of a corner of the wire mountains; they leave the middle to the sun.
float corner(float i, float size, float x, int row) {
    float away = abs(x);
    float tall = hash(ivec2(int(i), row * 71 + int(seed)));
    float valley = ramp(0.14, 0.62, away);
    return (0.015 + (0.03 + 0.25 * tall) * valley) * (0.3 + 1.1 * peaks);
}

vec3 draw_sky(vec2 uv, vec2 canvas, float px, float room, float middle) {
    float high = clamp(uv.y / room, 0.0, 1.0);

    // Sky and stars.
    vec3 base = mix(mix(lin(shade), lin(primary), 0.35), lin(ink) * 0.5, ramp(-0.05, 0.62, high));
    base = mix(base, lin(ink) * 0.35, ramp(0.3, 1.0, high));
    vec3 color = base * (0.7 + 0.5 * energy);
    vec2 grid = uv * 38.0 + vec2(seed * 3.0, 0.0);
    vec2 cell = floor(grid);
    float chance = hash(ivec2(cell));
    vec2 off = grid - cell - 0.5 - 0.6 * (fract(vec2(chance * 57.0, chance * 91.0)) - 0.5);
    float star = max(1.0 - dot(off, off) * 55.0 / (0.4 + 38.0 * px * 6.0), 0.0) * ramp(0.72, 1.0, chance);
    star *= 0.35 + hat * 1.2 * step(0.6, fract(chance * 31.0 + beatCount * 0.37));
    color += lin(light) * star * ramp(0.12, 0.5, high);

    // Sun: light at the top to primary below, cut by bars that widen downwards.
    float radius = min(0.17 + 0.2 * sun, 0.46 * canvas.x) * (1.0 + 0.035 * kick + 0.05 * drop);
    vec2 center = vec2(middle, radius * (0.62 + 0.2 * sway(TIME * 0.0037 + seed * 0.21)) + 0.015 * build);
    vec2 from = uv - center;
    float far = length(from);
    float part = clamp(from.y / radius * 0.5 + 0.5, 0.0, 1.0);
    float bars = part * 11.0 + TIME * 0.05 + travel * 0.12;
    float slot = abs(fract(bars) - 0.5) * 2.0;
    float gap = 1.0 - 1.25 * ramp(0.0, 0.75, part);
    float soft = 22.0 * px / radius;
    float cut = ramp(gap - soft, gap + soft, slot + 0.02);
    cut = mix(cut, 1.0, ramp(0.66, 0.78, part));
    vec3 disc = mix(lin(primary), mix(lin(accent), lin(light), 0.55), ramp(0.15, 0.95, part));
    disc = mix(disc, lin(primary) * 1.1, ramp(0.55, 0.0, part) * 0.7);
    float inside = clamp((radius - far) / (px * 1.5) + 0.5, 0.0, 1.0);
    color += lin(primary) * fade(max(far - radius, 0.0) * 7.5) * (0.28 + 0.3 * bass + 0.2 * drop + 0.12 * energy);
    color = mix(color, disc * (0.92 + 0.25 * kick), inside * cut);

    // Two rows of wire mountains.
    for (int row = 0; row < 2; row++) {
        float size = row == 0 ? 0.055 : 0.085;
        float along = (uv.x + (TIME * 0.003 + travel * 0.004) * (1.0 + float(row))) / size + float(row) * 0.35;
        float i = floor(along);
        float f = along - i;
        float left = uv.x - f * size - middle;
        float a = corner(i, size, left, row) * (row == 0 ? 1.0 : 0.72);
        float b = corner(i + 1.0, size, left + size, row) * (row == 0 ? 1.0 : 0.72);
        float top = mix(a, b, f);
        float slope = inversesqrt(1.0 + (b - a) * (b - a) / (size * size));
        float under = (top - uv.y) * slope;
        float body = clamp(under / px + 0.5, 0.0, 1.0);
        float face = b > a ? 0.55 : 1.0;
        float split = mix(a, 0.0, f) - uv.y;
        float rib = min(abs(f - floor(f + 0.5)) * size, abs(split) * 0.7);
        float wire = max(1.0 - abs(under) / (px * 2.2), 0.0);
        float inner = max(1.0 - rib / (px * 1.5), 0.0) * 0.3 * body;
        vec3 neon = row == 0 ? mix(lin(primary), lin(shade), 0.3) : mix(lin(accent), lin(primary), 0.25);
        vec3 rock = (lin(ink) * 0.35 + lin(shade) * 0.16 * face) + neon * 0.07 * fade(uv.y * 16.0);
        color = mix(color, rock, body);
        color += neon * (wire + inner + 0.14 * fade(abs(under) * 60.0)) * (0.4 + 0.35 * mid + 0.9 * snare * float(row) + 0.3 * energy) * step(0.0, uv.y);
    }
    return color;
}

vec3 draw_floor(vec2 uv, float px, float middle) {
    // Floor: lines in perspective, thin and even far away, wide and glowing near.
    float down = max(-uv.y, px * 0.5);
    float depth = 0.2 / down;
    float rows = depth * (1.2 + 1.6 * cells) + (TIME * 0.08 + travel * 1.1) * (0.3 + 1.4 * speed);
    float columns = (uv.x - middle) * depth * (2.2 + 2.6 * cells) / 0.85;
    vec2 step_size = vec2((2.2 + 2.6 * cells) / 0.85 * depth * px, (1.2 + 1.6 * cells) * depth / down * px);
    vec2 line = abs(fract(vec2(columns, rows) + 0.5) - 0.5);
    vec2 thick = 0.012 + step_size * 0.8;
    vec2 thin = max(1.0 - line / (thick * 1.6), 0.0) * min(0.03 / thick, 1.0) * clamp(1.35 - step_size * 1.5, 0.0, 1.0);
    vec2 halo = vec2(fade(line.x * 15.0), fade(line.y * 15.0)) * 0.17 * (1.0 - clamp((step_size - 0.15) * 2.9, 0.0, 1.0));
    float ring = fade(abs(depth - 0.45 - beat * 3.6) * 4.0) * (1.0 - beat) * (0.25 + energy) * min(level * 2.0, 1.0);
    float strength = (0.32 + 0.35 * energy + 0.45 * bass + 0.35 * kick) * (1.0 + 1.8 * ring);
    vec3 neon = mix(lin(primary), lin(accent), ramp(0.1, 1.0, fade(down * 5.0)) * 0.6 + 0.4 * ring);
    float glass = fade(abs(uv.x - middle) * 5.0 / (0.55 + down * 1.6)) * fade(down * 3.2);
    vec3 floor_color = lin(ink) * 0.3 + lin(shade) * 0.07 + lin(primary) * glass * (0.22 + 0.2 * bass + 0.12 * energy);
    floor_color += neon * (thin.x + thin.y + halo.x + halo.y) * strength * (0.35 + 0.65 * fade(down * 0.6));
    return floor_color;
}

void main() {
    vec2 place = isf_FragNormCoord;
    float aspect = RENDERSIZE.x / RENDERSIZE.y;
    if (PASSINDEX == 0) {
        place.y = GROUND + place.y * (1.0 - GROUND);
        aspect *= 1.0 - GROUND;
    } else if (PASSINDEX == 1) {
        place.y *= GROUND;
        aspect *= GROUND;
    }
    vec2 canvas = vec2(aspect, 1.0) / min(aspect, 1.0);
    float px = canvas.x / RENDERSIZE.x;
    vec2 uv = (place - vec2(0.5, GROUND)) * canvas;
    float middle = (fract(seed * 0.618) - 0.5) * 0.3 * canvas.x * step(0.5, fract(seed * 0.377));
    middle += 0.06 * sway(TIME * 0.0031 + travel * 0.0023 + seed * 0.1);
    if (PASSINDEX == 2) {
        int edge = int(IMG_SIZE(below).y);
        ivec2 at = ivec2(gl_FragCoord.xy);
        gl_FragColor = vec4(at.y < edge ? texelFetch(below, at, 0).rgb : texelFetch(above, at - ivec2(0, edge), 0).rgb, 1.0);
    } else {
        // Haze on the horizon ties sky and floor together.
        vec3 color = PASSINDEX == 0 ? draw_sky(uv, canvas, px, canvas.y * (1.0 - GROUND), middle) : draw_floor(uv, px, middle);
        vec3 haze = mix(lin(primary), lin(accent), 0.3 + 0.3 * drop);
        color += haze * fade(abs(uv.y) * 48.0) * (0.28 + 0.4 * energy + 0.3 * kick) * fade(abs(uv.x - middle) * 0.9);
        vec2 frame = place - 0.5;
        gl_FragColor = vec4(develop(color * (1.0 - 0.7 * dot(frame, frame))), 1.0);
    }
}
