/*{
  "DESCRIPTION": "A globe of points of light turns in the dark: its belts swell with the parts of the sound, kicks run over it from pole to pole.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Abstract"],
  "SONGREEL": {
    "family": "abstract",
    "energy": [0.15, 1.0],
    "moods": ["futuristic", "hypnotic", "elegant", "mysterious"],
    "words": {
      "en": ["particles", "particle sphere", "particle globe", "dotted globe", "points of light", "swarm"],
      "zh": ["粒子", "粒子球", "光点", "点阵球", "粒子特效"]
    },
    "resolution": 0.45
  },
  "INPUTS": [
    {"NAME": "points", "LABEL": "Number of points", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "size", "LABEL": "Size of the globe", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "speed", "LABEL": "Speed", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beat", "LABEL": "Beat phase", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "LABEL": "Bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
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
    {"TARGET": "air", "WIDTH": "$WIDTH/6", "HEIGHT": "$HEIGHT/6", "FLOAT": true},
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

float step_by() {
    return 0.098 - 0.04 * points;
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

// A point of light at a place on the globe (a unit vector, turned with it): how much of it is seen, and how strong it is.
vec2 point_at(vec3 p, float soft, float spin) {
    float wide = step_by();
    float high = asin(clamp(p.y, -1.0, 1.0));
    float row = floor(high / wide + 0.5);
    float level_of = row * wide;
    float l2 = level_of * level_of;
    float around = max(1.0 - l2 * (0.49670 - l2 * 0.03705), 0.02);
    float count = max(floor(6.2831853 * around / wide), 1.0);
    float turn = fract(turns_of(p.zx) + spin + row * 0.382);
    float place = turn * count;
    float cell = floor(place);
    float own = hash(ivec2(int(cell), int(row) + 500 + int(seed)));
    vec2 off = vec2((place - cell - 0.5) / count * 6.2831853 * around, high - level_of);
    float part = clamp(high * 0.31831 + 0.5, 0.0, 1.0);
    float heard = part < 0.38 ? mix(bass, mid, ramp(0.2, 0.38, part)) : mix(mid, treble, ramp(0.45, 0.8, part));
    float wave = fade(abs(part - 1.1 * beat) * 11.0) * (1.0 - beat) * kick;
    float strong = 0.25 + 0.2 * energy + 0.65 * heard * (0.4 + 0.6 * own) + 0.9 * wave + 0.5 * snare * step(0.72, own);
    float radius = wide * (0.15 + 0.16 * clamp(strong, 0.0, 1.4));
    return vec2(clamp((radius - length(off)) / soft + 0.5, 0.0, 1.0), strong + 1.2 * hat * step(0.9, fract(own * 37.0)));
}

void main() {
    vec2 place = isf_FragNormCoord;
    vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    float px = canvas.x / RENDERSIZE.x;
    vec2 uv = (place - 0.5) * canvas;
    float clock = TIME * 0.01 + travel * 0.03;
    vec2 center = 0.02 * vec2(sway(clock * 0.6 + seed * 0.1), sway(clock * 0.5)) * canvas;
    float globe = (0.27 + 0.09 * size) * (1.0 + 0.03 * kick + 0.05 * drop - 0.06 * build + 0.02 * bass);
    vec2 p = (uv - center) / globe;
    float far = length(p);
    if (PASSINDEX == 0) {
        // Mist around the globe, in two colors that lean to two sides.
        float body = noise(uv * 2.3 + clock + seed) * 0.55 + noise(uv * 5.1 - clock * 1.3) * 0.3 + noise(uv * 11.0 + clock) * 0.15;
        float halo = fade(max(far - 0.7, 0.0) * 1.7);
        vec3 two = mix(lin(primary), lin(accent), clamp(0.5 + 0.55 * dot(p, vec2(0.8, 0.5)), 0.0, 1.0));
        vec3 color = lin(ink) * 0.22 + lin(shade) * (0.08 + 0.22 * body) * fade(far * 0.7) * (0.5 + 0.5 * energy);
        color += two * halo * halo * (0.25 + body) * (0.05 + 0.16 * energy + 0.14 * bass + 0.12 * kick + 0.3 * drop);
        gl_FragColor = vec4(color, body);
        return;
    }
    vec4 mist = IMG_NORM_PIXEL(air, place);
    vec3 color = mist.rgb;

    // The far half first, then the near one; both are turned by the tilt of the axis.
    float inside = clamp((1.0 - far) * globe / px, 0.0, 1.0);
    vec2 on = p * min(1.0, 0.9995 / max(far, 0.0001));
    float z = sqrt(max(1.0 - dot(on, on), 0.0));
    float tilt = 0.35 + 0.25 * sway(clock * 0.3 + seed * 0.2);
    float roll = 0.3 * sway(clock * 0.21 + seed * 0.3);
    vec2 rolled = vec2(on.x * cos(roll) + on.y * sin(roll), on.y * cos(roll) - on.x * sin(roll));
    vec2 swing = vec2(cos(tilt), sin(tilt));
    vec3 front = vec3(rolled.x, rolled.y * swing.x - z * swing.y, rolled.y * swing.y + z * swing.x);
    vec3 back = vec3(rolled.x, rolled.y * swing.x + z * swing.y, rolled.y * swing.y - z * swing.x);
    float spin = (TIME * 0.006 + travel * 0.02) * (0.3 + 1.4 * speed);
    float soft = px / globe / (0.25 + 0.75 * z) * 1.2;
    vec2 behind = point_at(back, soft, spin);
    vec2 near = point_at(front, soft, spin);
    float lands = noise(front.xy * 2.7 + front.z * vec2(0.9, 1.3) + vec2(clock, seed));
    float lit = 0.35 + 0.75 * clamp(dot(vec3(rolled, z), vec3(0.5, 0.62, 0.6)), 0.0, 1.0);
    vec3 dye = mix(lin(primary), lin(accent), ramp(0.3, 0.7, lands + 0.25 * rolled.x));
    color += mix(lin(shade), dye, 0.35) * behind.x * behind.y * inside * (0.16 + 0.2 * energy);
    color *= 1.0 - 0.25 * inside * z;
    float crest = clamp(near.y - 0.75, 0.0, 1.0);
    color = mix(color, mix(dye, lin(light), 0.15 + 0.7 * crest) * (0.25 + near.y) * lit * (0.55 + 0.5 * energy + 0.3 * ramp(0.4, 0.7, lands)), near.x * inside * 0.95);
    float rim = fade(abs(far - 1.0) * globe / px * 0.16) * (1.0 - 0.6 * inside);
    color += mix(dye, lin(light), 0.3) * rim * (0.08 + 0.2 * energy + 0.3 * bass + 0.3 * drop);

    // Points that have left the globe drift around it, more of them the louder it is.
    vec2 ray = p / max(far, 0.001);
    vec2 grid = vec2(ray.x * 9.0 + ray.y * 5.0, ray.y * 9.0 - ray.x * 5.0) * 1.2 + p * 2.2 - ray * clock * 5.0;
    vec2 cell = floor(grid);
    float own = hash(ivec2(cell) + 77);
    vec2 spot = grid - cell - 0.3 - 0.4 * fract(vec2(own * 57.0, own * 91.0));
    float dust_size = 0.03 + 0.075 * fract(own * 7.0) * fract(own * 7.0);
    float dust = clamp((dust_size - length(spot)) * 18.0, 0.0, 1.0) * step(0.78 - 0.3 * energy - 0.2 * drop, own);
    float room = ramp(1.02, 1.12, far) * fade(max(far - 1.05, 0.0) * (2.2 - 0.9 * energy));
    color += mix(lin(primary), lin(accent), fract(own * 13.0)) * dust * room * (0.25 + 0.4 * energy + 0.7 * hat * fract(own * 29.0) + 0.2 * level);
    vec2 frame = place - 0.5;
    gl_FragColor = vec4(develop(color * (1.1 - 0.9 * dot(frame, frame))), 1.0);
}
