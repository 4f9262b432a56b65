/*{
  "DESCRIPTION": "Ridge behind ridge in morning mist, a disc of light behind them; the view glides along, the mist breathes with the music.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Places"],
  "SONGREEL": {
    "family": "places",
    "energy": [0.0, 0.7],
    "moods": ["calm", "open", "cinematic", "longing"],
    "words": {
      "en": ["mountains", "ridges", "mist", "valley", "landscape", "nature", "dawn"],
      "zh": ["山", "山脉", "薄雾", "山谷", "风景", "自然", "清晨"]
    },
    "resolution": 0.45
  },
  "INPUTS": [
    {"NAME": "mist", "LABEL": "Mist", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "relief", "LABEL": "Height of the ridges", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "size", "LABEL": "Size of the disc", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "LABEL": "Bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
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
    {"TARGET": "sky", "WIDTH": "$WIDTH/4", "HEIGHT": "$HEIGHT/4", "FLOAT": true},
    {"TARGET": "ridges", "WIDTH": "$WIDTH", "HEIGHT": "2", "FLOAT": true},
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

// Height of a ridge in a column, as a share of the picture's height; 0 is the farthest, 6 the nearest, with pines on it.
float ridge(float across, int layer) {
    float near = float(layer) / 6.0;
    float scale = mix(2.1, 0.8, near);
    float drift = (TIME * 0.004 + travel * 0.012) * (0.25 + 2.2 * near * near);
    float x = (across + drift) * scale + seed * 7.13 + float(layer) * 31.7;
    float rough = noise(vec2(x, 0.5)) * 0.54 + noise(vec2(x * 2.3, 9.5)) * 0.24 + noise(vec2(x * 5.1, 17.5)) * 0.12;
    rough += noise(vec2(x * 11.7, 23.5)) * 0.06 + noise(vec2(x * 27.0, 29.5)) * 0.035;
    float peak = 1.0 - abs(2.0 * noise(vec2(x * 0.9, 41.5)) - 1.0);
    float tooth = 1.0 - abs(2.0 * noise(vec2(x * 3.3, 47.5)) - 1.0);
    float tall = mix(rough, rough * 0.45 + peak * peak * 0.5 + tooth * 0.1, 0.9 * (1.0 - near));
    float pines = 0.0;
    for (int i = 0; i < 4; i++) {
        float cell = floor(x * 64.0) + float(i - 1);
        float own = hash(ivec2(int(cell), 77));
        float off = abs(x * 64.0 - cell - 0.5 - 0.6 * (own - 0.5));
        float branch = 0.006 * abs(fract(off * 5.0 + own) - 0.5);
        float tree = (0.02 + 0.07 * own * own) * step(0.25, own) - off * 0.05 * (1.0 + 0.5 * fract(own * 9.0)) - branch;
        pines = max(pines, near > 0.7 ? tree * near * near : 0.0);
    }
    float base = mix(0.47, 0.05, near);
    return base + (tall - 0.3) * mix(0.44, 0.22, near) * (0.4 + 1.2 * relief) * (1.0 - 0.6 * near * near) + pines;
}

// A height and its slope in one number: the slope in whole steps of 1/64, the height in what is left.
float packed(float across, int layer) {
    float high = ridge(across, layer);
    float slope = (ridge(across + 0.0285, layer) - high) * (1.0 / 0.03);
    return floor(clamp(slope * 64.0 + 512.0, 0.0, 1023.0)) + clamp(high * 0.6 + 0.2, 0.0, 0.9999);
}

// Colors of the air: where the light comes from, what lies in the shade.
vec3 air_of(float near, float glow) {
    vec3 far_air = mix(lin(shade), mix(lin(primary), lin(accent), 0.2 + 0.6 * glow), 0.1 + 0.75 * glow * glow);
    vec3 near_air = lin(ink) * 0.22 + lin(shade) * 0.05;
    float away = 1.0 - near;
    return mix(near_air * (0.8 + 0.4 * energy), far_air * (0.6 + 0.4 * energy), away * (0.45 + 0.55 * away));
}

// A ridge as it is seen: slopes towards the light are warm, the others cool, mist lies in the valley below.
// Its shape is how far it stands above the place, its slope, and how near it is.
vec3 slope_of(vec3 shape, vec3 view, vec3 warm) {
    float under = shape.x;
    float near = shape.z;
    float away = 1.0 - near;
    vec3 air = air_of(near, view.z);
    float high = clamp(1.0 - under * 7.0, 0.0, 1.0) * away;
    float turned = clamp(0.5 + shape.y * view.y * 0.36 * high, 0.0, 1.0);
    vec3 body = air * (0.62 + 0.2 * turned) + warm * (turned * turned * high * (0.1 + 0.35 * view.z) * (0.6 + 0.5 * energy + 0.5 * snare));
    float rise = clamp((mix(0.5, 0.08, near) - view.x) * 7.0, 0.0, 1.0);
    vec3 fog = mix(air * 1.5, warm, (0.12 + 0.75 * view.z * view.z) * (1.0 - 0.8 * near)) * (0.6 + 0.35 * energy + 0.2 * bass);
    body = mix(body, fog, rise * rise * (3.0 - 2.0 * rise) * (0.85 - 0.75 * near) * (0.45 + 0.75 * mist));
    float crest = max(1.0 - under * 70.0, 0.0) * (1.0 - near * 0.8) * view.z;
    return body + warm * crest * (0.14 + 0.3 * kick);
}

void main() {
    vec2 place = isf_FragNormCoord;
    if (PASSINDEX == 1) {
        vec2 shape = IMG_SIZE(sky);
        float across = place.x * max(shape.x / shape.y, 0.75) * 0.95;
        gl_FragColor = int(gl_FragCoord.y) == 0
            ? vec4(packed(across, 0), packed(across, 1), packed(across, 2), packed(across, 3))
            : vec4(ridge(across, 4), ridge(across, 5), ridge(across, 6), 0.0);
        return;
    }
    vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    vec2 orb = vec2(0.28 + 0.44 * fract(seed * 0.618), 0.6 + 0.12 * fract(seed * 0.755) + 0.02 * sway(TIME * 0.003));
    vec2 off = (place - orb) * canvas;
    float far = length(off);
    float glow = fade(far * 3.6);
    vec3 warm = mix(lin(accent), lin(primary), 0.2);
    if (PASSINDEX == 0) {
        // Sky: the light's own color around it, then the main color, then shade; bars of cloud take both.
        vec3 high = mix(lin(shade), lin(ink), 0.35) * 0.75;
        vec3 color = mix(mix(lin(primary), lin(shade), 0.3) * 0.85, high, ramp(0.42, 1.0, place.y + 0.06 * far));
        color *= 0.55 + 0.45 * energy;
        color += warm * (glow * glow * 0.55 + fade(far * 9.0) * 0.3) * (0.6 + 0.55 * energy + 0.35 * bass + 0.35 * drop + 0.2 * build);
        float clock = TIME * 0.008 + travel * 0.008;
        vec2 p = vec2(place.x * canvas.x * 1.3 + clock, place.y * canvas.y * 6.0) + seed;
        float bar = noise(p + vec2(0.0, 3.0)) * 0.5 + noise(p * vec2(2.3, 2.0)) * 0.3 + noise(p * vec2(5.9, 4.1)) * 0.2;
        float under = noise(p + vec2(0.0, 3.35)) * 0.5 + noise(p * vec2(2.3, 2.0) + vec2(0.0, 0.7)) * 0.3 + bar * 0.2;
        float lit = clamp(0.4 + (bar - under) * 3.0, 0.0, 1.0);
        vec3 cloud = mix(high * 0.8 + lin(shade) * 0.15, mix(warm, lin(light), 0.25 * glow), lit * (0.12 + 0.88 * glow)) * (0.6 + 0.5 * energy);
        gl_FragColor = vec4(mix(color, cloud, ramp(0.5, 0.72, bar) * 0.75), 1.0);
    } else {
        float px = 1.0 / RENDERSIZE.y;
        vec3 color = IMG_NORM_PIXEL(sky, place).rgb;
        float radius = (0.04 + 0.07 * size) * (1.0 + 0.03 * kick + 0.03 * drop);
        float disc = clamp((radius - far) / (px * canvas.y * 1.5) + 0.5, 0.0, 1.0);
        vec3 sun = mix(lin(accent), lin(light), 0.7) * 1.35;
        color = mix(color, mix(sun, color * 1.3, 0.35 * ramp(0.2, -1.0, off.y / radius)), disc);

        int column = int(gl_FragCoord.x);
        vec4 back = texelFetch(ridges, ivec2(column, 0), 0);
        vec3 front = texelFetch(ridges, ivec2(column, 1), 0).xyz - place.y;
        vec4 slope = floor(back);
        back = (back - slope) * (1.0 / 0.6) - (0.2 / 0.6 + place.y);
        slope = slope * (1.0 / 64.0) - 8.0;
        vec3 view = vec3(place.y, off.x > 0.0 ? -1.0 : 1.0, glow);
        view.y *= clamp(abs(off.x) * 8.0, 0.0, 1.0);

        // From far to near: the nearest ridge hides all others; the one behind it shows through its edge alone.
        float soft = -px * 0.625;
        vec3 nearest = back.x > soft ? vec3(back.x, slope.x, 0.0) : vec3(-9.0);
        vec3 next = vec3(-9.0);
        next = back.y > soft ? nearest : next;
        nearest = back.y > soft ? vec3(back.y, slope.y, 0.16) : nearest;
        next = back.z > soft ? nearest : next;
        nearest = back.z > soft ? vec3(back.z, slope.z, 0.32) : nearest;
        next = back.w > soft ? nearest : next;
        nearest = back.w > soft ? vec3(back.w, slope.w, 0.5) : nearest;
        next = front.x > soft ? nearest : next;
        nearest = front.x > soft ? vec3(front.x, 0.0, 0.68) : nearest;
        next = front.y > soft ? nearest : next;
        nearest = front.y > soft ? vec3(front.y, 0.0, 0.84) : nearest;
        next = front.z > soft ? nearest : next;
        nearest = front.z > soft ? vec3(front.z, 0.0, 1.0) : nearest;
        color = next.x > -1.0 ? slope_of(next, view, warm) : color;
        color = mix(color, slope_of(nearest, view, warm), clamp(nearest.x * 0.8 / px + 0.5, 0.0, 1.0));

        // Hats catch on dust in the light.
        vec2 grid = place * canvas * 22.0 + vec2(TIME * 0.12, -TIME * 0.05);
        vec2 cell = floor(grid);
        float own = hash(ivec2(cell) + int(seed));
        vec2 spot = grid - cell - 0.3 - 0.4 * fract(vec2(own * 57.0, own * 91.0));
        float mote = max(1.0 - dot(spot, spot) * (90.0 + 700.0 * fract(own * 7.0)), 0.0) * step(0.8, own);
        color += mix(warm, lin(light), 0.5) * mote * glow * (0.04 + 0.9 * hat);
        vec2 frame = place - 0.5;
        gl_FragColor = vec4(develop(color * (1.08 - 0.75 * dot(frame, frame))), 1.0);
    }
}
