/*{
  "DESCRIPTION": "A Julia set drawn in light: its arms curl and uncurl for ever, kicks open it, the bass glows in its depths.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Abstract"],
  "SONGREEL": {
    "family": "abstract",
    "energy": [0.2, 1.0],
    "moods": ["hypnotic", "mysterious", "futuristic", "epic"],
    "words": {
      "en": ["fractal", "fractals", "julia set", "mandelbrot", "infinite spirals", "sacred geometry"],
      "zh": ["分形", "朱利亚集合", "曼德博", "无限螺旋", "神圣几何"]
    },
    "resolution": 0.46
  },
  "INPUTS": [
    {"NAME": "closeness", "LABEL": "How close", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "glow", "LABEL": "Glow", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "speed", "LABEL": "Speed", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
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
  ]
}*/

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
    vec2 place = isf_FragNormCoord;
    vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    float px = canvas.x / RENDERSIZE.x;
    vec2 uv = (place - 0.5) * canvas;
    float clock = (TIME * 0.004 + travel * 0.009) * (0.3 + 1.4 * speed) + seed * 0.137;

    // The constant walks along the rim of the Mandelbrot set, a little outside of it, where the sets are all lace.
    float theta = 3.1415927 + 2.35 * sway(clock * 0.31) + 0.12 * sway(clock * 1.3);
    float beyond = 1.035 + 0.025 * sway(clock * 0.77 + 0.2) + 0.004 * kick + 0.012 * drop + 0.006 * build;
    vec2 c = vec2(cos(theta) * 0.5 - cos(2.0 * theta) * 0.25, sin(theta) * 0.5 - sin(2.0 * theta) * 0.25) * beyond;
    float turn = clock * 1.1;
    vec2 axis = vec2(cos(turn), sin(turn));
    float zoom = (2.15 - 0.75 * closeness) * (1.0 - 0.04 * kick - 0.08 * build - 0.06 * drop) * (1.0 + 0.12 * sway(clock * 0.9));
    vec2 z = vec2(uv.x * axis.x - uv.y * axis.y, uv.x * axis.y + uv.y * axis.x) * zoom;
    vec2 grown = vec2(1.0, 0.0);
    float size = dot(z, z);
    float trap = 9.0;
    float cross_trap = 9.0;
    float steps = 0.0;
    for (int i = 0; i < 26; i++) {
        if (size > 64.0) {
            break;
        }
        grown = 2.0 * vec2(z.x * grown.x - z.y * grown.y, z.x * grown.y + z.y * grown.x);
        z = vec2(z.x * z.x - z.y * z.y, 2.0 * z.x * z.y) + c;
        size = dot(z, z);
        trap = min(trap, dot(z - vec2(0.12, -0.2), z - vec2(0.12, -0.2)));
        cross_trap = min(cross_trap, min(abs(z.x), abs(z.y)));
        steps += 1.0;
    }
    // How far the set is, in the picture's own measure: light falls off from it evenly, however fine its lace.
    float out_by = 0.5 * sqrt(size / (dot(grown, grown) + 0.000001)) * log(max(size, 1.0001)) / zoom;
    float escaped = ramp(16.0, 60.0, size);
    float smooth_steps = steps - log2(max(log2(max(size, 2.0)) * 0.1667, 0.02));
    float part = clamp(smooth_steps / 22.0, 0.0, 1.0);
    out_by = mix(0.0, out_by, escaped);

    float rim = clamp(1.6 - out_by / (px * 1.1), 0.0, 1.0);
    float near = fade(out_by * (85.0 - 40.0 * glow));
    float wide = fade(out_by * (15.0 - 6.0 * glow));
    float hue = ramp(0.08, 0.75, part + 0.12 * sway(clock * 2.0 + out_by * 2.0));
    vec3 outer = mix(lin(shade), lin(primary), ramp(0.02, 0.3, part));
    vec3 inner = mix(lin(primary), lin(accent), hue);
    float strong = 0.35 + 0.55 * energy;
    vec3 color = mix(lin(ink) * 0.3, lin(shade) * 0.55, wide) * (0.6 + 0.4 * energy);
    color += outer * wide * wide * (0.1 + 0.25 * energy + 0.35 * bass + 0.2 * drop);
    color += inner * near * near * strong * (0.55 + 0.5 * kick + 0.25 * mid);
    color += mix(inner, lin(light), 0.55) * rim * (0.2 + 0.4 * energy + 0.25 * snare) * (0.35 + 0.65 * part);

    // Within: bays of color, and beads on the crossings that the hats light.
    vec3 deep = mix(lin(ink) * 0.2, mix(lin(shade), lin(primary), 0.4), fade(trap * 7.0)) * (0.2 + 0.3 * energy + 0.25 * bass);
    color = mix(color, deep + inner * fade(trap * 60.0) * (0.08 + 0.14 * energy + 0.2 * kick), (1.0 - escaped) * 0.97);
    float vein = fade(cross_trap * 55.0) * wide;
    color += mix(lin(accent), lin(light), 0.5) * vein * vein * (0.02 + 0.08 * energy + 0.2 * snare + 0.1 * treble);
    color += lin(light) * fade(trap * 420.0) * (0.06 + 0.15 * energy + 0.5 * hat) * wide;
    vec2 frame = place - 0.5;
    gl_FragColor = vec4(develop(color * (1.1 - 0.9 * dot(frame, frame))), 1.0);
}
