/*{
  "DESCRIPTION": "Ink opens in water: slow folds and threads that swell with the bass.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Abstract"],
  "SONGREEL": {
    "family": "abstract",
    "energy": [0.0, 0.8],
    "moods": ["dreamy", "dark", "sensual", "calm"],
    "words": {
      "en": ["ink", "fluid", "marble", "abstract", "organic"],
      "zh": ["水墨", "流动", "大理石", "抽象"]
    },
    "resolution": 0.46
  },
  "INPUTS": [
    {"NAME": "scale", "LABEL": "Scale", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "speed", "LABEL": "Speed", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "threads", "LABEL": "Threads", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "LABEL": "Bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "mid", "LABEL": "Mids", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "kick", "LABEL": "Kick", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "snare", "LABEL": "Snare", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "hat", "LABEL": "Hi-hat", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
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
    {"TARGET": "flow", "WIDTH": "$WIDTH/4", "HEIGHT": "$HEIGHT/4", "FLOAT": true},
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

void main() {
    vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    vec2 uv = (isf_FragNormCoord - 0.5) * canvas;
    float clock = (TIME * 0.025 + travel * 0.05) * (0.3 + 1.4 * speed);
    vec2 at = uv * (2.3 - 1.3 * scale) + vec2(seed * 1.37, seed * 0.71);
    if (PASSINDEX == 0) {
        // Two rounds of bending: broad currents, then eddies carried by them.
        vec2 push = uv * fade(length(uv) * 5.0) * (0.5 * kick + 0.5 * drop);
        vec2 p = at - push * 0.35;
        vec2 q = vec2(noise(p + vec2(0.0, clock)), noise(p + vec2(5.2, 1.3 - clock)));
        q += 0.5 * vec2(noise(p * 2.1 - clock), noise(p * 2.1 + vec2(8.1, clock)));
        float strong = 2.4 + 0.45 * bass + 0.5 * energy;
        vec2 r = vec2(noise(p + strong * q + vec2(1.7, 9.2 + clock)), noise(p + strong * q + vec2(8.3, 2.8 - clock)));
        r += 0.5 * vec2(noise(p * 2.3 + strong * q - clock), noise(p * 2.3 + strong * q + vec2(4.4, 3.1)));
        r += 0.22 * vec2(noise(p * 5.1 + 3.0 * r + q), noise(p * 5.1 + 3.0 * r - q + 7.0));
        gl_FragColor = vec4(r, q);
    } else {
        vec4 bent = IMG_NORM_PIXEL(flow, isf_FragNormCoord);
        vec2 r = bent.xy - 0.86;
        vec2 q = bent.zw - 0.75;
        vec2 p = at + 2.6 * r;
        float body = noise(p * 1.3 + clock) * 0.6 + noise(p * 3.1 - clock) * 0.31 + noise(p * 6.1 + r * 4.0) * 0.09;
        float sharp = noise(p * 2.2 + q * 2.0 + 30.0);
        float thread = 1.0 - abs(2.0 * sharp - 1.0);
        thread = thread * thread;
        thread *= thread * thread * thread * ramp(0.4, 0.8, body) * ramp(0.3, 0.7, q.x + 0.5);
        vec2 slope = vec2(dFdx(body), dFdy(body)) * RENDERSIZE.y;
        float relief = clamp(0.5 + dot(slope, vec2(-0.045, 0.07)), 0.0, 1.6);

        float dense = ramp(0.28, 0.78, body + 0.25 * r.x);
        float bloom = ramp(0.0, 0.5, r.x * 0.8 + q.y * 0.7 + 0.16 + 0.1 * energy);
        float cool = ramp(0.02, 0.42, r.y * 0.9 - q.x * 0.4 + 0.08 * mid);
        vec3 color = mix(lin(ink) * 0.3, lin(shade) * 0.7, dense * 0.8);
        vec3 dye = mix(lin(primary), lin(primary) * 0.4 + lin(shade) * 0.6, 1.0 - dense);
        color = mix(color, dye, bloom * (0.25 + 0.75 * dense) * (0.55 + 0.3 * energy + 0.25 * bass));
        color = mix(color, lin(accent), cool * dense * (0.45 + 0.3 * mid + 0.2 * energy));
        color *= 0.35 + relief * 1.15;
        color += lin(light) * thread * (0.12 + 0.75 * threads) * (0.22 + 0.35 * energy + 0.5 * snare + 0.4 * kick);
        float fleck = ramp(0.75, 1.0, thread) * noise(p * 40.0);
        color += lin(light) * fleck * hat * 0.5;
        vec2 frame = isf_FragNormCoord - 0.5;
        color *= 1.05 - 0.9 * dot(frame, frame);
        gl_FragColor = vec4(develop(color), 1.0);
    }
}
