/*{
  "DESCRIPTION": "Light falls into the lens: curved sheets of color, sharp on one side and soft on the other, with flares and the grain of film.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Space"],
  "SONGREEL": {
    "family": "space",
    "energy": [0.0, 0.9],
    "moods": ["dreamy", "nostalgic", "warm", "romantic"],
    "words": {
      "en": ["light leaks", "light leak", "lens flare", "lens flares", "prism", "film burn"],
      "zh": ["漏光", "光晕", "镜头光斑", "棱镜", "镜头光晕"]
    },
    "resolution": 0.46
  },
  "INPUTS": [
    {"NAME": "sheets", "LABEL": "Brightness", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bend", "LABEL": "Bend", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "speed", "LABEL": "Speed", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "grain", "LABEL": "Grain", "TYPE": "float", "DEFAULT": 0.4, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "LABEL": "Bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "lowmid", "LABEL": "Low mids", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
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
    {"TARGET": "glass", "WIDTH": "$WIDTH/2", "HEIGHT": "$HEIGHT/2", "FLOAT": true},
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

// Where a sheet lies: the way it faces (xy), how far from the middle (z), how much it curves (w).
vec4 sheet(float i, float clock) {
    float own = hash(ivec2(int(i) * 7 + 3, int(seed) * 5));
    float angle = 6.2831853 * (own + i * 0.29 + 0.06 * sway(clock * (0.21 + 0.1 * own) + own * 9.0));
    float off = 0.34 * sway(clock * (0.17 + 0.12 * own) + own * 5.0 + i * 0.37);
    return vec4(cos(angle), sin(angle), off, (own - 0.5) * (0.5 + 1.5 * bend) + 0.25 * sway(clock * 0.13 + i * 0.21));
}

// One sheet of light: it breaks off at its edge and fades away behind it, running through three colors.
vec3 shine(vec2 uv, vec4 lie, vec3 hot, vec3 mid_color, vec3 cold, vec2 tone) {
    float along = uv.y * lie.x - uv.x * lie.y;
    float d = dot(uv, lie.xy) + lie.z + lie.w * along * along;
    float inner = max(d, 0.0);
    float outer = max(-d, 0.0);
    float edge = fade(outer * tone.y);
    float near = fade(inner * (4.0 + 0.12 * tone.y));
    float body = fade(inner * 3.6);
    vec3 color = hot * near * near * 0.75 + mid_color * body * body * 0.8 + cold * fade(inner * 1.7) * 0.35;
    return color * (edge + 0.08 * fade(outer * 7.0)) * tone.x * (0.35 + 0.65 * fade(abs(along + lie.z) * 1.3));
}

void main() {
    vec2 place = isf_FragNormCoord;
    vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    float px = canvas.x / RENDERSIZE.x;
    vec2 uv = (place - 0.5) * canvas;
    float clock = (TIME * 0.03 + travel * 0.055) * (0.3 + 1.4 * speed) + seed * 0.37;
    if (PASSINDEX == 0) {
        vec2 q = uv + 0.1 * (vec2(noise(uv * 1.3 + clock * 0.4), noise(uv * 1.3 - clock * 0.3 + 9.0)) - 0.5);
        float gain = (0.35 + 0.5 * sheets) * (0.55 + 0.6 * energy + 0.2 * level + 0.5 * drop);
        vec3 white = lin(light);
        vec3 color = mix(lin(ink) * 0.35, lin(shade) * 0.7, clamp(0.5 + 0.9 * dot(uv, vec2(0.4, -0.5)), 0.0, 1.0)) * (0.6 + 0.3 * energy);
        color += shine(q, sheet(0.0, clock), mix(white, lin(accent), 0.4), lin(primary), lin(shade), vec2(gain * (0.8 + 0.5 * bass), 70.0));
        color += shine(q, sheet(1.0, clock), mix(lin(accent), white, 0.25), lin(accent) * 0.8, lin(primary) * 0.6, vec2(gain * (0.65 + 0.6 * lowmid), 22.0));
        color += shine(q, sheet(2.0, clock), lin(primary), mix(lin(primary), lin(shade), 0.5), lin(shade), vec2(gain * (0.8 + 0.55 * kick), 9.0));
        color += shine(q, sheet(3.0, clock), white, mix(lin(primary), lin(accent), 0.5), lin(shade) * 0.6, vec2(gain * (0.3 + 0.7 * snare + 0.4 * build), 120.0));
        color += shine(q, sheet(4.0, clock), lin(accent), lin(shade), lin(primary) * 0.3, vec2(gain * (0.7 + 0.3 * kick), 14.0));
        gl_FragColor = vec4(color, 1.0);
    } else {
        vec3 color = IMG_NORM_PIXEL(glass, place).rgb;

        // A flare: its ghosts lie on the line through the middle, a streak lies across.
        vec2 lamp = vec2(0.36 * sway(clock * 0.11 + seed * 0.2), 0.3 * sway(clock * 0.083 + seed * 0.4)) * canvas;
        vec2 off = uv - lamp;
        float power = 0.1 + 0.2 * energy + 0.4 * kick + 0.35 * drop + 0.25 * build;
        float spread = dot(off, off);
        color += mix(lin(light), lin(accent), 0.3) * (power * 0.004 / (spread + 0.006));
        color += lin(accent) * fade(abs(off.y) * 120.0) * fade(abs(off.x) * 1.6) * power * 0.5;
        for (int i = 0; i < 4; i++) {
            float n = float(i);
            vec2 ghost = uv + lamp * (0.35 + 0.42 * n) - vec2(0.03 * n, 0.02);
            float radius = 0.05 + 0.045 * fract(n * 0.618 + 0.2) + 0.03 * n * 0.5;
            float from = length(ghost);
            float disc = clamp((radius - from) * 45.0 + 0.5, 0.0, 1.0);
            float rim = fade(abs(radius - 0.012 - from) * 60.0) * disc;
            vec3 tint = i == 0 ? lin(accent) : (i == 1 ? lin(primary) : (i == 2 ? lin(light) : lin(accent)));
            color += tint * (disc * 0.07 + rim * 0.1) * (0.15 + power);
        }

        // Dust on the lens takes the light with the hats; grain as of film.
        vec2 grid = uv * 11.0 + seed;
        vec2 cell = floor(grid);
        float own = hash(ivec2(cell));
        vec2 spot = grid - cell - 0.3 - 0.4 * fract(vec2(own * 57.0, own * 91.0));
        float size = 0.03 + 0.1 * fract(own * 7.0) * fract(own * 7.0);
        float mote = clamp((size - length(spot)) * 9.0, 0.0, 1.0) * step(0.72, own);
        color += (color * 0.8 + lin(light) * 0.02) * mote * (0.15 + 1.0 * hat);
        float speck = hash(ivec2(gl_FragCoord.xy) + ivec2(int(floor(TIME * 12.0)) * 131, 7)) - 0.5;
        color *= 1.0 + 0.22 * grain * speck;
        vec2 frame = place - 0.5;
        gl_FragColor = vec4(develop(color * (1.05 - 0.7 * dot(frame, frame))), 1.0);
    }
}
