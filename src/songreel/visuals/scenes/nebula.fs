/*{
  "DESCRIPTION": "A cloud of gas and dust around young stars; its folds glow with the bass, the stars glitter with the hats.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Space"],
  "SONGREEL": {
    "family": "space",
    "energy": [0.0, 0.7],
    "moods": ["wonder", "calm", "vast", "dreamy"],
    "words": {
      "en": ["nebula", "space", "cosmos", "gas cloud", "deep space", "ambient", "universe"],
      "zh": ["星云", "宇宙", "深空", "银河", "氛围", "太空"]
    },
    "resolution": 0.5
  },
  "INPUTS": [
    {"NAME": "dust", "LABEL": "Dust", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "stars", "LABEL": "Stars", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "speed", "LABEL": "Speed", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "LABEL": "Bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
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
    {"TARGET": "gas", "WIDTH": "$WIDTH/3", "HEIGHT": "$HEIGHT/3", "FLOAT": true},
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
    float px = canvas.x / RENDERSIZE.x;
    vec2 uv = (isf_FragNormCoord - 0.5) * canvas;
    float clock = (TIME * 0.008 + travel * 0.014) * (0.3 + 1.4 * speed);
    vec2 heart = vec2(fract(seed * 0.618) - 0.5, fract(seed * 0.377) - 0.5) * 0.45 * canvas;
    if (PASSINDEX == 0) {
        // A band of gas across the picture, blown hollow by the cluster at its heart; folds seen from their sides are threads.
        vec2 off = uv - heart;
        float far = length(off);
        float lean = 0.5 + 0.9 * sway(seed * 0.23);
        vec2 way = vec2(cos(lean), sin(lean));
        vec2 p = uv * 1.25 + seed * 1.3 + off * (0.22 / (0.3 + far)) * sway(clock * 0.5) + vec2(clock * 0.35, 0.0);
        vec2 bend = vec2(noise(p * 1.4 + vec2(0.0, clock)), noise(p * 1.4 + vec2(7.3, -clock))) - 0.5;
        vec2 curl = vec2(noise(p * 3.3 + bend * 1.5 + 3.0), noise(p * 3.3 + bend * 1.5 + 51.0)) - 0.5;
        vec2 q = p + bend * (0.95 + 0.12 * bass) + curl * 0.36;
        float body = noise(q * 1.5) * 0.44 + noise(q * 3.4 + 7.0) * 0.27 + noise(q * 7.3 + curl) * 0.15 + noise(q * 15.7) * 0.09 + noise(q * 33.0) * 0.05;
        float thread = 1.0 - abs(2.0 * noise(q * 2.6 + 33.0) - 1.0);
        float hair = 1.0 - abs(2.0 * noise(q * 6.7 + curl * 1.4 + 63.0) - 1.0);
        float lane = noise(q * 2.1 + 40.0) * 0.55 + noise(q * 5.3 + 47.0) * 0.28 + noise(q * 12.0 + 61.0) * 0.17;
        float along = dot(off, vec2(-way.y, way.x)) + 0.45 * bend.x;
        float band = fade(along * along * 7.0);
        float dense = ramp(0.3, 0.74, body + 0.16 * band - 0.06) * (0.15 + 0.85 * band);
        float dark = ramp(0.5 - 0.1 * dust, 0.66, lane) * (0.45 + 0.5 * dust) * (0.35 + 0.65 * band);
        float near = fade(far * 3.4);
        vec3 cold = mix(lin(shade) * 0.9, lin(accent), ramp(0.36, 0.7, noise(p * 0.9 + bend + 77.0)));
        vec3 warm = mix(lin(primary), lin(light), 0.1);
        vec3 gas_light = mix(cold, warm, clamp(near * 1.5 + bend.y * 0.9 + 0.1, 0.0, 1.0));
        float strong = 0.34 + 0.5 * energy + 0.35 * bass + 0.15 * level;
        vec3 color = gas_light * (dense * dense * 1.35 + 0.025) * strong;
        thread *= thread;
        hair *= hair;
        float seam = thread * thread * (0.3 + 0.5 * near) + hair * hair * 0.22;
        color += mix(gas_light, lin(light), 0.35) * (seam * dense * (0.3 + 0.9 * kick + 0.55 * energy + 0.3 * drop));
        color += warm * near * near * (0.24 + 0.4 * energy + 0.2 * bass + 0.3 * kick + 0.3 * drop) * (0.4 + 0.6 * body);
        color += mix(warm, lin(light), 0.6) * fade(far * 13.0) * (0.15 + 0.3 * energy + 0.3 * kick);
        color = color * (1.0 - 0.92 * dark * (1.0 - 0.5 * near)) + lin(ink) * 0.07;
        gl_FragColor = vec4(color, 1.0 - 0.8 * dark);
    } else {
        vec4 cloud = IMG_NORM_PIXEL(gas, isf_FragNormCoord);
        vec3 color = cloud.rgb;
        for (int i = 0; i < 2; i++) {
            float scale = i == 0 ? 15.0 : 46.0;
            vec2 grid = (uv + vec2(clock * (i == 0 ? 0.05 : 0.02), 0.0)) * scale + seed * 3.0;
            vec2 cell = floor(grid);
            float own = hash(ivec2(cell) + i * 77);
            vec2 off = grid - cell - 0.3 - 0.4 * fract(vec2(own * 57.0, own * 91.0));
            float size = px * scale * 0.75 + (i == 0 ? 0.012 : 0.02);
            float spread = dot(off, off) / (size * size);
            float lit = step(0.9 - 0.3 * stars, own) * fract(own * 13.0) * fract(own * 13.0);
            float twinkle = 0.55 + 0.25 * sway(TIME * 0.13 + own * 31.0) + 0.7 * hat * fract(own * 7.0);
            float glow = 1.0 / (1.0 + spread * spread) - 0.004;
            vec3 tint = mix(lin(light), fract(own * 29.0) < 0.5 ? lin(accent) : lin(primary), 0.35 * fract(own * 17.0));
            color += tint * (max(glow, 0.0) * lit * twinkle * cloud.a * (i == 0 ? 2.2 : 1.2));
            if (i == 0) {
                // The brightest wear a cross of light.
                float bright = step(0.965, own);
                vec2 arm = max(1.0 - abs(off) * 4.0, 0.0);
                vec2 slim = max(1.0 - abs(off.yx) / (size * 0.5), 0.0);
                color += tint * ((arm.x * arm.x * slim.x + arm.y * arm.y * slim.y + 0.02 / (spread * 0.05 + 0.3) * arm.x * arm.y) * bright * (0.5 + 0.6 * snare + 0.4 * hat));
            }
        }
        vec2 frame = isf_FragNormCoord - 0.5;
        gl_FragColor = vec4(develop(color * (1.08 - 0.8 * dot(frame, frame))), 1.0);
    }
}
