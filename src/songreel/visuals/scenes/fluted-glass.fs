/*{
  "DESCRIPTION": "Soft colors drift behind fluted glass: every rib bends them anew, light runs along the ribs with the drums.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Abstract"],
  "SONGREEL": {
    "family": "abstract",
    "energy": [0.0, 0.85],
    "moods": ["elegant", "dreamy", "restrained", "calm"],
    "words": {
      "en": ["fluted glass", "reeded glass", "ribbed glass", "frosted glass", "mesh gradient", "soft gradient"],
      "zh": ["长虹玻璃", "磨砂玻璃", "渐变", "柔和渐变", "弥散渐变"]
    },
    "resolution": 0.5
  },
  "INPUTS": [
    {"NAME": "ribs", "LABEL": "Number of ribs", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bending", "LABEL": "Bending", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "grain", "LABEL": "Grain", "TYPE": "float", "DEFAULT": 0.4, "MIN": 0.0, "MAX": 1.0},
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
    {"TARGET": "paint", "WIDTH": "$WIDTH/4", "HEIGHT": "$HEIGHT/4", "FLOAT": true},
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

// A cloud of color: where it floats (xy) and how wide it is (z).
vec3 cloud(float i, float clock, vec2 canvas, float swell) {
    float own = hash(ivec2(int(i) * 7 + 2, int(seed) * 3));
    vec2 at = vec2(sway(clock * (0.4 + 0.3 * own) + own * 9.0 + i * 0.27), sway(clock * (0.55 - 0.3 * own) + own * 4.0 + i * 0.43));
    return vec3(at * canvas * 0.46, (0.75 - 0.3 * own) / (1.0 + 0.35 * swell));
}

float lump(vec2 uv, vec3 at) {
    vec2 d = uv - at.xy;
    return fade(dot(d, d) * at.z * 7.0);
}

void main() {
    vec2 place = isf_FragNormCoord;
    vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    float px = canvas.x / RENDERSIZE.x;
    vec2 uv = (place - 0.5) * canvas;
    float clock = TIME * 0.012 + travel * 0.032 + seed * 0.17;
    if (PASSINDEX == 0) {
        vec2 q = uv + 0.16 * (vec2(noise(uv * 1.9 + clock), noise(uv * 1.9 - clock + 9.0)) - 0.5);
        float strong = 0.5 + 0.5 * energy;
        vec3 color = mix(lin(ink) * 0.4, lin(shade) * 0.7, clamp(0.45 + 0.7 * q.y, 0.0, 1.0)) * strong;
        color = mix(color, lin(shade) * 1.1 * strong, lump(q, cloud(0.0, clock, canvas, mid)) * 0.9);
        color = mix(color, lin(primary) * (strong + 0.25 * bass), lump(q, cloud(1.0, clock, canvas, bass)));
        color = mix(color, lin(accent) * (strong + 0.2 * mid), lump(q, cloud(2.0, clock, canvas, mid + 0.5 * build)) * 0.9);
        color = mix(color, lin(primary) * strong * 0.8, lump(q, cloud(3.0, clock, canvas, bass)) * 0.8);
        color = mix(color, lin(ink) * 0.3, lump(q, cloud(4.0, clock, canvas, 0.0)) * (0.85 - 0.5 * energy));
        vec3 orb = cloud(5.0, clock * 0.7, canvas * 0.7, 0.0);
        float far = length(q - orb.xy);
        float radius = 0.15 + 0.03 * kick + 0.04 * drop + 0.02 * energy;
        vec3 hot = mix(lin(light), lin(accent), 0.25);
        color = mix(color, hot * (0.6 + 0.4 * energy + 0.25 * kick), ramp(radius + 0.05, radius - 0.03, far) * (0.55 + 0.45 * energy));
        color += mix(lin(accent), lin(primary), 0.4) * fade(max(far - radius, 0.0) * 9.0) * (0.08 + 0.2 * kick + 0.25 * drop + 0.1 * energy);
        gl_FragColor = vec4(color, 1.0);
    } else {
        // Ribs stand upright, or slant a little; each is a lens that shows a wide strip of the picture, turned over.
        float slant = (fract(seed * 0.755) - 0.5) * 0.5 * step(0.4, fract(seed * 0.377));
        float wide = 1.0 / (11.0 + 13.0 * ribs);
        float along = (uv.x + uv.y * slant) / wide + 0.3 * sway(clock * 0.2);
        float rib = floor(along);
        float f = along - rib - 0.5;
        float strength = (0.9 + 2.4 * bending) * (1.0 + 0.3 * bass + 0.4 * drop - 0.35 * build);
        float lens = f * (1.0 + 2.2 * f * f);
        vec2 look = uv;
        look.x -= lens * wide * strength * 1.6;
        look.y += lens * lens * 0.05 * strength;
        vec3 color = IMG_NORM_PIXEL(paint, clamp(look / canvas + 0.5, 0.003, 0.997)).rgb;

        // The lit flank, the dark seam, and a gleam that runs over the ribs with the snare.
        float seam = 0.5 - abs(f);
        float soft = px / wide;
        color *= 0.72 + 0.36 * ramp(-0.5, 0.45, f) + 0.1 * (1.0 - 4.0 * f * f);
        color *= 1.0 - 0.5 * fade(seam * 22.0);
        float edge = clamp(1.0 - abs(f - 0.4) / (0.05 + soft), 0.0, 1.0);
        float own = hash(ivec2(int(rib) + 900, int(seed)));
        float run = fade(abs(fract(rib * 0.023 - travel * 0.05) - 0.5) * 14.0);
        color += (color * 0.8 + lin(light) * 0.05) * edge * (0.2 + 0.35 * energy + 0.9 * snare * run + 0.5 * hat * own * own * own + 0.15 * level);
        float speck = hash(ivec2(gl_FragCoord.xy) + ivec2(int(floor(TIME * 12.0)) * 131, 7)) - 0.5;
        color *= 1.0 + 0.3 * grain * speck;
        vec2 frame = place - 0.5;
        gl_FragColor = vec4(develop(color * (1.06 - 0.6 * dot(frame, frame))), 1.0);
    }
}
