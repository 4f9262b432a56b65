/*{
  "DESCRIPTION": "Smoke rises through two colored lamps: it curls and thickens with the song, each drum has a lamp of its own.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Abstract"],
  "SONGREEL": {
    "family": "abstract",
    "energy": [0.0, 0.9],
    "moods": ["moody", "sensual", "mysterious", "dark"],
    "words": {
      "en": ["smoke", "smoky", "fog", "vapor", "incense", "plume"],
      "zh": ["烟雾", "烟熏", "雾气", "蒸汽", "迷雾"]
    },
    "resolution": 0.46
  },
  "INPUTS": [
    {"NAME": "thickness", "LABEL": "Thickness", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "curl", "LABEL": "Curl", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "speed", "LABEL": "Speed", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "LABEL": "Bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "kick", "LABEL": "Kick", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "snare", "LABEL": "Snare", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "hat", "LABEL": "Hi-hat", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "mid", "LABEL": "Mids", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
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
    {"TARGET": "density", "WIDTH": "$WIDTH/3", "HEIGHT": "$HEIGHT/3", "FLOAT": true},
    {"TARGET": "lit", "WIDTH": "$WIDTH/2", "HEIGHT": "$HEIGHT/2", "FLOAT": true},
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

// How thick the smoke is: sheets that are folded twice as they rise, thin threads where a fold is seen from its side.
float thick(vec2 uv, float clock, float tall) {
    float high = uv.y / tall + 0.5;
    vec2 p = vec2(uv.x * 1.7, uv.y * 1.1 - clock) + seed * 1.37;
    float strong = 0.55 + 0.9 * curl;
    vec2 a = vec2(noise(p * 1.3 + vec2(0.0, clock * 0.35)), noise(p * 1.3 + vec2(8.3, -clock * 0.25))) - 0.5;
    vec2 b = vec2(noise(p * 2.9 + a * 1.6 + 3.1), noise(p * 2.9 + a * 1.6 + 15.7)) - 0.5;
    vec2 q = p + (a * 0.8 + b * 0.42) * strong;
    float sheet = noise(q * 1.9 + 5.0) * 0.65 + noise(q * 4.3 + 45.0) * 0.35;
    float fold = 1.0 - abs(2.0 * noise(q * vec2(3.6, 2.4) + 21.0) - 1.0);
    float fine = 1.0 - abs(2.0 * noise(q * vec2(8.0, 5.0) + b * 1.2 + 33.0) - 1.0);
    float wander = (noise(vec2(uv.y * 1.6 - clock * 0.8, seed)) - 0.5) * 0.55 + a.x * 0.5;
    float wide = (0.09 + 0.36 * high) * (0.7 + 0.45 * energy + 0.3 * bass + 0.3 * build) * (0.75 + 0.3 * tall);
    float off = (uv.x + wander * (0.12 + 0.75 * high)) / wide;
    float plume = fade(off * off * 3.2) * ramp(1.25, 0.5, high) * (1.5 - 0.8 * high);
    fold *= fold;
    fine *= fine;
    float body = ramp(0.34, 0.85, sheet) * 0.8 + fold * fold * fold * 0.75 + fine * fine * 0.22 * sheet;
    return body * plume * plume * 1.9 * (0.4 + 0.5 * thickness + 0.4 * energy + 0.2 * level);
}

void main() {
    vec2 place = isf_FragNormCoord;
    vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    vec2 uv = (place - 0.5) * canvas;
    float clock = (TIME * 0.035 + travel * 0.075) * (0.4 + 1.2 * speed);
    if (PASSINDEX == 0) {
        gl_FragColor = vec4(thick(uv, clock, canvas.y), 0.0, 0.0, 1.0);
    } else if (PASSINDEX == 1) {
        // Two lamps and a rim of light from behind; smoke that lies on the way to a lamp takes its light away.
        float d = IMG_NORM_PIXEL(density, place).r;
        vec2 step_by = vec2(0.022, 0.016) / canvas;
        float left = IMG_NORM_PIXEL(density, place - step_by * vec2(1.0, -1.0)).r + IMG_NORM_PIXEL(density, place - step_by * vec2(2.6, -2.6)).r;
        float right = IMG_NORM_PIXEL(density, place + step_by).r + IMG_NORM_PIXEL(density, place + step_by * 2.6).r;
        vec2 to_left = uv - vec2(-0.52 * canvas.x, 0.3 * canvas.y + 0.05 * sway(clock * 0.3));
        vec2 to_right = uv - vec2(0.52 * canvas.x, 0.12 * canvas.y + 0.06 * sway(clock * 0.23 + 0.4));
        vec2 back = uv - vec2(0.0, -0.1 * canvas.y);
        float lamp_left = fade(length(to_left) * 1.35) * (0.6 + 0.55 * energy + 0.5 * kick + 0.25 * drop);
        float lamp_right = fade(length(to_right) * 1.35) * (0.5 + 0.5 * energy + 0.65 * snare + 0.25 * drop);
        float behind = fade(length(back) * 2.6) * (0.12 + 0.2 * energy + 0.35 * bass + 0.7 * drop + 0.4 * build);
        float shade_left = fade(left * 0.75);
        float shade_right = fade(right * 0.75);
        float relief_left = clamp(0.5 + (2.0 * d - left) * 0.7, 0.08, 1.6);
        float relief_right = clamp(0.5 + (2.0 * d - right) * 0.7, 0.08, 1.6);
        vec3 one = mix(lin(primary), lin(light), 0.06);
        vec3 two = mix(lin(accent), lin(light), 0.06);
        vec3 color = one * (lamp_left * shade_left * relief_left * 2.2) + two * (lamp_right * shade_right * relief_right * 2.2);
        color += mix(lin(light), one, 0.4) * (behind * fade(d * 2.4) * 1.6);
        float opaque = 1.0 - fade(d * 2.6);
        vec3 room = lin(ink) * 0.16 + lin(shade) * 0.12 * fade(length(uv) * 1.8);
        room += one * lamp_left * 0.2 * fade(length(to_left) * 3.0) + two * lamp_right * 0.2 * fade(length(to_right) * 3.0);
        room += mix(one, two, 0.5) * behind * 0.2;
        gl_FragColor = vec4(mix(room, color + lin(shade) * 0.05, opaque), opaque);
    } else {
        vec4 drawn = IMG_NORM_PIXEL(lit, place);
        vec3 color = drawn.rgb;
        color += mix(lin(primary), lin(accent), place.x) * drawn.a * (0.05 * mid);

        // Specks of ash float in front and catch the lamps with the hats.
        vec2 grid = (uv + vec2(0.02 * sway(uv.y * 0.7 + TIME * 0.05), -clock * 0.5)) * 13.0 + seed;
        vec2 cell = floor(grid);
        float own = hash(ivec2(cell));
        vec2 spot = grid - cell - 0.25 - 0.5 * fract(vec2(own * 57.0, own * 91.0));
        float size = 0.012 + 0.05 * fract(own * 7.0) * fract(own * 7.0);
        float ash = max(1.0 - dot(spot, spot) / (size * size), 0.0) * step(0.62, own);
        color += mix(lin(primary), lin(accent), place.x) * ash * (0.06 + 0.9 * hat * fract(own * 13.0) + 0.2 * energy);
        vec2 frame = place - 0.5;
        gl_FragColor = vec4(develop(color * (1.08 - 0.8 * dot(frame, frame))), 1.0);
    }
}
