/*{
  "DESCRIPTION": "Line behind line, each a landscape of the sound: the front ones rise with the bass, the far ones with the treble, beats run through them.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Graphic"],
  "SONGREEL": {
    "family": "graphic",
    "energy": [0.1, 1.0],
    "moods": ["hypnotic", "mysterious", "restrained", "moody"],
    "words": {
      "en": ["ridgelines", "joy plot", "waveform landscape", "pulsar", "line mountains", "stacked waves"],
      "zh": ["山脊线", "脉冲星", "波形山", "线条山", "层叠波形"]
    },
    "resolution": 0.46
  },
  "INPUTS": [
    {"NAME": "height", "LABEL": "Height", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "width", "LABEL": "Width of the range", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "speed", "LABEL": "Speed", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beat", "LABEL": "Beat phase", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "sub", "LABEL": "Sub bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "LABEL": "Bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "lowmid", "LABEL": "Low mids", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
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
    {"TARGET": "shape", "WIDTH": "$WIDTH/8", "HEIGHT": "$HEIGHT/8"},
    {"TARGET": "rows", "WIDTH": "$WIDTH", "HEIGHT": "9", "FLOAT": true},
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

const float ROWS = 36.0;

float onward() {
    return (TIME * 0.12 + travel * 0.7) * (0.3 + 1.4 * speed);
}

// How high a row stands at a place, in rows; row 0 is the nearest.
float range(float x, float row) {
    float go = onward();
    float name = row - floor(go);
    float part = (row + fract(go)) / ROWS;
    float spread = 0.16 + 0.13 * width + 0.05 * sway(name * 0.017 + seed * 0.3);
    float off = (x - 0.12 * sway(name * 0.011 + seed * 0.2)) / spread;
    float bell = fade(off * off * 1.3);
    float heard = mix(mix(0.6 * sub + 0.7 * bass, 0.5 * lowmid + 0.6 * mid, ramp(0.1, 0.5, part)), treble, ramp(0.5, 0.95, part));
    float broad = noise(vec2(x * 6.0 + seed, name * 0.31));
    float peaks = noise(vec2(x * 17.0 + seed, name * 0.57 + 9.0));
    float fine = noise(vec2(x * 47.0, name * 1.7 + 21.0));
    float body = broad * 0.5 + peaks * peaks * 0.75 + (fine - 0.5) * 0.16;
    float run = fade(abs(part - beat * 1.2) * 9.0) * (1.0 - beat) * kick;
    float strong = 0.12 + 0.3 * energy + 0.75 * heard + 0.8 * run + 0.25 * build + 0.3 * drop;
    float tall = bell * (0.25 + body) * strong * (4.0 + 6.0 * height) + (fine - 0.5) * 0.12 + 0.05 * broad;
    return tall / (1.0 + max(tall, 0.0) * 0.09) * 1.1;
}

// A height and how much its line leans in one number: how it leans in whole steps of 1/255, the height in what is left.
float packed(float x, float row, float step_by) {
    float here = min(range(x, row), 5.95);
    float slope = (min(range(x + 0.003, row), 5.95) - here) / 0.003 * step_by;
    return floor(inversesqrt(1.0 + slope * slope) * 255.0) + clamp(here * 0.125 + 0.125, 0.0, 0.9999);
}

// What is seen so far at a place: how far the nearest crest is (x), how high its row stands there (y), how high the row that
// hides all others (z), and how deep below its crest the place is (w); 0 while none does. The first row that reaches up wins.
vec4 behind(vec4 seen, float above, float far, float high) {
    bool closer = seen.w == 0.0 && far < seen.x;
    bool hides = seen.w == 0.0 && above < 0.0;
    return vec4(closer ? vec2(far, high) : seen.xy, hides ? vec2(high, -above) : seen.zw);
}

void main() {
    vec2 place = isf_FragNormCoord;
    if (PASSINDEX == 0) {
        // Its size tells the next pass the shape of the picture.
        gl_FragColor = vec4(1.0);
        return;
    }
    if (PASSINDEX == 1) {
        // Four rows to a texel.
        vec2 canvas = IMG_SIZE(shape) / min(IMG_SIZE(shape).x, IMG_SIZE(shape).y);
        float x = (place.x - 0.5) * canvas.x;
        float row = floor(gl_FragCoord.y) * 4.0;
        float step_by = 0.73 * canvas.y / ROWS;
        gl_FragColor = vec4(packed(x, row, step_by), packed(x, row + 1.0, step_by), packed(x, row + 2.0, step_by), packed(x, row + 3.0, step_by));
        return;
    }
    vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    float px = canvas.x / RENDERSIZE.x;
    vec2 uv = (place - 0.5) * canvas;
    vec3 hot = mix(lin(accent), lin(light), 0.3);

    // A glow behind the range.
    float far = length((uv - vec2(0.0, 0.16 * canvas.y)) * vec2(1.0, 1.25));
    vec3 color = mix(lin(ink) * 0.35, lin(shade) * 0.6, fade(far * 2.0)) * (0.6 + 0.4 * energy);
    float glow = fade(far * 3.6);
    color += lin(primary) * glow * (0.1 + 0.25 * energy + 0.2 * bass + 0.25 * kick + 0.4 * drop);
    color += hot * glow * glow * (0.02 + 0.12 * kick + 0.25 * drop + 0.1 * build);

    // No row stands higher than six, so the search begins with the texel of the sixth row before.
    float low = -0.43 * canvas.y;
    float step_by = 0.73 * canvas.y / ROWS;
    float at = (uv.y - low) / step_by - fract(onward());
    vec2 span = vec2(at, min(floor(at), ROWS - 1.0));
    int column = int(gl_FragCoord.x);
    float thin = px / step_by;
    vec4 seen = vec4(999.0, 0.0, 0.0, 0.0);
    for (float row = max(floor((span.y - 6.0) * 0.25) * 4.0, 0.0); row <= span.y && seen.w == 0.0; row += 4.0) {
        vec4 numbers = texelFetch(rows, ivec2(column, int(row) / 4), 0);
        vec4 lean = floor(numbers);
        vec4 high = (numbers - lean) * 8.0 - 1.0;
        vec4 behind_by = vec4(span.y) - row - vec4(0.0, 1.0, 2.0, 3.0);
        vec4 above = behind_by + (at - span.y) - high;
        above = mix(above, vec4(9.0), lessThan(behind_by, vec4(0.0)));
        vec4 far_by = abs(above) * lean;
        seen = behind(seen, above.x, far_by.x, high.x);
        seen = behind(seen, above.y, far_by.y, high.y);
        seen = behind(seen, above.z, far_by.z, high.z);
        seen = behind(seen, above.w, far_by.w, high.w);
    }
    float line = clamp(1.35 - seen.x / (thin * 331.0), 0.0, 1.0);
    float high = line < 0.05 ? seen.z : seen.y;
    float hidden = seen.w > 0.0 ? 1.0 : 0.0;
    float part = clamp(at / ROWS, 0.0, 1.0);
    float edge = ramp(0.5, 0.36, abs(uv.x) / canvas.x);
    float ends = ramp(0.0, 0.06, part) * ramp(1.05, 0.75, part);
    vec3 dye = mix(lin(primary), lin(accent), ramp(0.1, 0.9, part));
    float tall = clamp(high * 0.16, 0.0, 1.0);
    vec3 body = mix(lin(ink) * 0.12, dye * 0.35, tall * fade(seen.w * 0.55) * (0.25 + 0.75 * energy));
    color = mix(color, body, hidden * edge * (0.75 + 0.25 * ends));
    float bright = 0.3 + 0.35 * energy + 0.3 * level + 0.25 * snare * (1.0 - part) + 0.4 * hat * part;
    color += mix(dye, lin(light), clamp(tall * 1.1 + 0.1 * drop, 0.0, 0.9)) * line * bright * (0.45 + 0.9 * tall) * edge * ends * 1.4;
    vec2 frame = place - 0.5;
    gl_FragColor = vec4(develop(color * (1.08 - 0.7 * dot(frame, frame))), 1.0);
}
