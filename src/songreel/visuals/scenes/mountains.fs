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
    "resolution": 0.5
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
    {"NAME": "drop", "LABEL": "Drop", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "travel", "LABEL": "Travel", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 36000.0},
    {"NAME": "seed", "LABEL": "Seed", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1000.0},
    {"NAME": "ink", "LABEL": "Ink", "TYPE": "color", "DEFAULT": [0.063, 0.102, 0.173, 1.0]},
    {"NAME": "shade", "LABEL": "Shade", "TYPE": "color", "DEFAULT": [0.22, 0.251, 0.42, 1.0]},
    {"NAME": "primary", "LABEL": "Primary", "TYPE": "color", "DEFAULT": [0.851, 0.404, 0.478, 1.0]},
    {"NAME": "accent", "LABEL": "Accent", "TYPE": "color", "DEFAULT": [0.953, 0.698, 0.478, 1.0]},
    {"NAME": "light", "LABEL": "Light", "TYPE": "color", "DEFAULT": [1.0, 0.949, 0.875, 1.0]}
  ],
  "PASSES": [
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

// Heights of four ridges in a column, as shares of the picture's height; the first line holds the far four.
float ridge(float across, int layer) {
    float near = float(layer) / 6.0;
    float scale = mix(2.6, 0.75, near);
    float drift = (TIME * 0.004 + travel * 0.012) * (0.25 + 2.2 * near * near);
    float x = (across + drift) * scale + seed * 7.13 + float(layer) * 31.7;
    float rough = noise(vec2(x, 0.5)) * 0.56 + noise(vec2(x * 2.3, 9.5)) * 0.24 + noise(vec2(x * 5.1, 17.5)) * 0.12;
    rough += noise(vec2(x * 11.7, 23.5)) * 0.06 + noise(vec2(x * 27.0, 29.5)) * 0.03;
    float peak = 1.0 - abs(2.0 * noise(vec2(x * 0.9, 41.5)) - 1.0);
    float tall = mix(rough, rough * 0.5 + peak * peak * 0.55, 0.85 * (1.0 - near));
    float pines = 0.0;
    for (int i = 0; i < 4; i++) {
        float cell = floor(x * 80.0) + float(i - 1);
        float own = hash(ivec2(int(cell), 77));
        float tree = (0.015 + 0.05 * own * own) * step(0.25, own) - abs(x * 80.0 - cell - 0.5 - 0.6 * (own - 0.5)) * 0.04 * (1.0 + 0.3 * fract(own * 9.0));
        pines = max(pines, near > 0.9 ? tree : 0.0);
    }
    float base = mix(0.46, 0.04, near);
    return base + (tall - 0.3) * mix(0.46, 0.26, near) * (0.4 + 1.2 * relief) * (1.0 - 0.6 * near * near) + pines;
}

// Set a ridge before what is behind it: the air lightens it with distance, mist fills its foot, its crest takes the light.
vec3 stand(vec3 behind, float height, float near, vec3 air, vec3 fog, vec4 view) {
    float under = height - view.x;
    float cover = clamp(under * view.y + 0.5, 0.0, 1.0);
    float rise = clamp(under * view.z, 0.0, 1.0);
    vec3 body = mix(air * 0.75, lin(ink) * 0.16, 0.12 + 0.84 * near);
    body = mix(body, fog, rise * rise * (0.95 - 0.75 * near) * (0.6 + 0.6 * mist));
    float crest = max(1.0 - under * 45.0, 0.0) * (1.0 - near) * view.w * (0.5 + 0.5 * snare);
    return mix(behind, body + air * crest, cover);
}

void main() {
    vec2 place = isf_FragNormCoord;
    if (PASSINDEX == 0) {
        float across = place.x * 1.6;
        int line = int(gl_FragCoord.y) * 4;
        gl_FragColor = vec4(ridge(across, line), ridge(across, line + 1), ridge(across, line + 2), ridge(across, line + 3));
    } else {
        vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
        float px = 1.0 / RENDERSIZE.y;
        vec2 orb = vec2(0.3 + 0.4 * fract(seed * 0.618), 0.6 + 0.14 * fract(seed * 0.755) + 0.02 * sway(TIME * 0.003));
        vec2 off = (place - orb) * canvas;
        float far = length(off);
        float radius = (0.05 + 0.08 * size) * (1.0 + 0.03 * kick);

        // Sky, with a disc and its glow.
        float glow = fade(far * 4.2);
        vec3 warm = mix(lin(primary), lin(accent), 0.55);
        vec3 color = mix(mix(lin(primary), lin(shade), 0.45) * 0.8, lin(shade) * 0.5 + lin(ink) * 0.2, ramp(0.35, 1.0, place.y));
        float bands = noise(vec2(place.x * 2.2 + TIME * 0.01 + seed, place.y * 13.0)) - 0.5;
        color *= (0.6 + 0.45 * energy) * (1.0 + 0.35 * bands);
        color += warm * glow * (0.45 + 0.35 * energy + 0.25 * bass + 0.25 * drop);
        float disc = clamp((radius - far) / (px * canvas.y * 1.5) + 0.5, 0.0, 1.0);
        color = mix(color, mix(lin(accent), lin(light), 0.65) * 1.5, disc * clamp(0.85 + bands, 0.0, 1.0));

        // Seven ridges, far to near; mist fills each valley and takes the light of the sky.
        int column = int(gl_FragCoord.x);
        vec4 back = texelFetch(ridges, ivec2(column, 0), 0);
        vec4 front = texelFetch(ridges, ivec2(column, 1), 0);
        vec3 air = mix(lin(shade), warm, 0.3 + 0.35 * glow) * (0.4 + 0.3 * energy) + warm * glow * glow * (0.4 + 0.35 * bass + 0.2 * kick);
        float crisp = 0.8 / px;
        float thick = 5.0 + 5.0 * (1.0 - mist);
        vec3 fog = air * 1.1;
        vec4 view = vec4(place.y, crisp, thick, glow);
        color = stand(color, back.x, 0.0, air, fog, view);
        color = stand(color, back.y, 0.16, air, fog, view);
        color = stand(color, back.z, 0.32, air, fog, view);
        color = stand(color, back.w, 0.5, air, fog, view);
        color = stand(color, front.x, 0.68, air, fog, view);
        color = stand(color, front.y, 0.84, air, fog, view);
        color = stand(color, front.z, 1.0, air, fog, view);

        // Hats catch on dust in the light.
        vec2 grid = place * canvas * 26.0 + vec2(TIME * 0.12, -TIME * 0.05);
        vec2 cell = floor(grid);
        float own = hash(ivec2(cell) + int(seed));
        vec2 spot = grid - cell - 0.3 - 0.4 * fract(vec2(own * 57.0, own * 91.0));
        float mote = max(1.0 - dot(spot, spot) * 90.0, 0.0) * step(0.82, own);
        color += mix(warm, lin(light), 0.5) * mote * glow * (0.05 + 0.8 * hat);
        vec2 frame = place - 0.5;
        gl_FragColor = vec4(develop(color * (1.06 - 0.7 * dot(frame, frame))), 1.0);
    }
}
