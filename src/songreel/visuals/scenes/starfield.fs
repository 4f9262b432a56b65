/*{
  "DESCRIPTION": "Stars rush past through drifting clouds of gas; quiet music floats, loud music draws them into streaks.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Space"],
  "SONGREEL": {
    "family": "space",
    "energy": [0.1, 1.0],
    "moods": ["wonder", "dreamy", "driving", "vast"],
    "words": {
      "en": ["stars", "space", "warp", "galaxy", "cosmos", "nebula", "hyperspace"],
      "zh": ["星空", "宇宙", "银河", "星云", "太空", "穿梭"]
    },
    "resolution": 0.44
  },
  "INPUTS": [
    {"NAME": "speed", "LABEL": "Speed", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "stars", "LABEL": "Stars", "TYPE": "float", "DEFAULT": 0.6, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "nebula", "LABEL": "Nebula", "TYPE": "float", "DEFAULT": 0.6, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "LABEL": "Bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "kick", "LABEL": "Kick", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
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
    {"TARGET": "gas", "WIDTH": "$WIDTH/5", "HEIGHT": "$HEIGHT/5", "FLOAT": true},
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

// A cloud of gas at one scale: color in linear light.
vec3 cloud(vec2 at, float which) {
    at += vec2(seed * 3.7 + which * 17.0, seed * 1.3 - which * 9.0);
    vec2 bent = vec2(noise(at * 1.3 + 3.0), noise(at * 1.3 + 19.0)) - 0.5;
    vec2 p = at + bent * 0.9;
    vec2 curl = vec2(noise(p * 2.9 + 5.0), noise(p * 2.9 + 51.0)) - 0.5;
    vec2 q = p + curl * 0.38;
    float body = noise(q * 1.2) * 0.46 + noise(q * 2.7 + 7.0) * 0.26 + noise(q * 6.1 + curl) * 0.16 + noise(q * 13.0) * 0.08 + noise(q * 27.0) * 0.04;
    float fold = 1.0 - abs(2.0 * noise(q * 2.3 + 33.0) - 1.0);
    fold *= fold;
    float lane = noise(q * 1.7 + 40.0) * 0.7 + noise(q * 5.3 + 47.0) * 0.3;
    float dense = ramp(0.4, 0.78, body);
    vec3 tint = mix(lin(shade) * 1.1, lin(primary), ramp(0.3, 0.7, lane));
    tint = mix(tint, lin(accent), ramp(0.5, 0.75, noise(at * 0.9 + bent * 0.8 + 70.0)));
    vec3 lit = tint * dense * (0.12 + 1.3 * dense) + mix(tint, lin(light), 0.4) * fold * fold * dense * 0.55;
    return lit * (1.0 - 0.8 * ramp(0.5, 0.72, noise(q * 2.9 + 90.0) * 0.7 + noise(q * 9.0 + 95.0) * 0.3));
}

// The direction of a place in turns, -0.5...0.5, from the positive x on; a third of the cost of atan.
float turns_of(vec2 at) {
    vec2 far = abs(at);
    float t = min(far.x, far.y) / max(max(far.x, far.y), 0.000001);
    float t2 = t * t;
    float turn = t * (0.159091 + t2 * (-0.052303 + t2 * (0.026933 - t2 * 0.008796)));
    turn = far.y > far.x ? 0.25 - turn : turn;
    turn = at.x < 0.0 ? 0.5 - turn : turn;
    return at.y < 0.0 ? -turn : turn;
}

void main() {
    vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    float px = canvas.x / RENDERSIZE.x;
    vec2 middle = vec2(sin(TIME * 0.05 + seed), sin(TIME * 0.037 + seed * 2.0)) * 0.12;
    vec2 uv = (isf_FragNormCoord - 0.5) * canvas - middle * canvas;
    if (PASSINDEX == 0) {
        // Two scales of gas grow and hand over to each other, so the flight never ends.
        float zoom = TIME * 0.006 + travel * 0.012;
        vec3 gas_light = vec3(0.0);
        for (int i = 0; i < 2; i++) {
            float phase = fract(zoom + 0.5 * float(i));
            float turn = floor(zoom + 0.5 * float(i)) + 0.5 * float(i);
            float weight = 1.0 - abs(2.0 * phase - 1.0);
            gas_light += cloud(uv * (2.4 - 1.4 * phase), turn * 3.1) * weight;
        }
        gl_FragColor = vec4(gas_light, 1.0);
    } else {
        vec3 gas_light = IMG_NORM_PIXEL(gas, isf_FragNormCoord).rgb;
        float radius = length(uv) + 0.0008;
        vec3 color = lin(ink) * 0.28 + gas_light * (0.3 + 0.9 * nebula) * (0.24 + 0.4 * energy + 0.3 * bass);
        vec3 heart = mix(lin(primary), lin(light), 0.4);
        color += heart * fade(radius * 11.0) * (0.1 + 0.3 * energy + 0.3 * kick + 0.25 * drop + 0.15 * build);

        // Each ring of directions holds stars in depth: a capsule of light between where a star is and was.
        float angle = turns_of(uv) + 0.5;
        float pace = (TIME * 0.04 + travel * 0.6) * (0.25 + 1.5 * speed);
        float depth = 0.5 / radius;
        float stretch = 0.012 + (0.1 * level * level + 0.35 * energy * energy + 0.7 * drop + 0.4 * build) * (0.3 + 1.4 * speed) * 0.6;
        float faint = clamp(radius * 2.6 - 0.1, 0.0, 1.0);
        faint *= faint;
        float sum = 0.0;
        float tinted = 0.0;
        for (int i = 0; i < 3; i++) {
            float count = 53.0 + 43.0 * float(i);
            float gap = 1.35 - 0.2 * float(i);
            float sector = floor(angle * count);
            float own = fract(sector * sector * 0.618034 + seed + 0.37 * float(i));
            float row = (depth + pace * (0.8 + 0.15 * float(i))) / gap + own * 23.0;
            float index = floor(row);
            float chance = hash(ivec2(int(sector) * 7 + i, int(index)));
            float aside = (angle * count - sector - 0.5 - 0.5 * (fract(chance * 91.0) - 0.5)) / count * 6.2831853 * radius;
            float behind = (row - index - 0.12) * gap;
            float trail = behind - clamp(behind, 0.0, stretch);
            float shift = trail * radius * radius * 2.0;
            float size = px * (0.65 + 0.6 * chance) + 0.0022 * radius * (0.3 + chance);
            float thin = min(0.0035 / size, 1.0);
            float spread = (aside * aside + shift * shift) / (size * size);
            float tip = 1.0 - 0.97 * clamp(behind / stretch, 0.0, 1.0);
            float star = tip * (1.0 / (1.0 + spread * spread) - 0.02) * step(1.0 - 0.35 - 0.6 * stars, chance);
            star = max(star, 0.0) * faint * thin * (0.25 + 1.1 * fract(chance * 13.0));
            sum += star;
            tinted += star * fract(chance * 57.0);
        }
        float glitter = 0.75 + 0.6 * hat;
        float shining = glitter * (0.9 + 0.5 * energy);
        color += lin(light) * ((sum - 0.36 * tinted) * shining) + lin(accent) * (tinted * 0.56 * shining);
        vec2 frame = isf_FragNormCoord - 0.5;
        color *= 1.0 - 0.6 * dot(frame, frame);
        gl_FragColor = vec4(develop(color), 1.0);
    }
}
