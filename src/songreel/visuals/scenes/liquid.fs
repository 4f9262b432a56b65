/*{
  "DESCRIPTION": "Drops of liquid metal float, meet and part; they swell with the bass and mirror a studio in the project's colors.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Abstract"],
  "SONGREEL": {
    "family": "abstract",
    "energy": [0.15, 1.0],
    "moods": ["futuristic", "sensual", "playful", "hypnotic"],
    "words": {
      "en": ["liquid", "liquid metal", "chrome", "blobs", "metaballs", "mercury", "lava lamp"],
      "zh": ["液态金属", "液体", "水银", "熔岩灯", "流体", "融球"]
    },
    "resolution": 0.48
  },
  "INPUTS": [
    {"NAME": "amount", "LABEL": "Amount", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "metal", "LABEL": "Metal", "TYPE": "float", "DEFAULT": 0.6, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "speed", "LABEL": "Speed", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "LABEL": "Bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
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

// One drop: its place (xy) and the square of its radius (z).
vec3 blob(float i, float clock, vec2 room) {
    float own = hash(ivec2(int(i) * 5 + 1, int(seed) * 3));
    float two = fract(own * 57.0);
    float pace = 0.5 + 0.8 * two;
    vec2 way = vec2(sway(clock * pace + own * 7.0 + i * 0.31), sway(clock * (0.9 - 0.4 * two) + two * 5.0 + i * 0.57));
    way += 0.35 * vec2(sway(clock * 1.7 * pace + two * 3.0), sway(clock * 1.4 + own * 9.0));
    float radius = (0.05 + 0.11 * two * two) * (0.75 + 0.5 * amount) * (1.0 + 0.16 * bass + 0.12 * energy);
    float apart = (0.55 + 0.35 * energy + 0.25 * drop - 0.2 * build);
    return vec3(way * room * 0.4 * apart, radius * radius);
}

// Strength of a drop at a place (x), its slope (yz), and its radius as far as it counts (w).
vec4 pull(vec2 uv, vec3 drop_at) {
    vec2 d = uv - drop_at.xy;
    float near = 1.0 / (dot(d, d) + 0.0002);
    float f = drop_at.z * near;
    f *= f;
    return vec4(f, d * (-4.0 * f * near), f * drop_at.z);
}

// The studio as a mirror shows it: a wide lamp above, strips of color at the sides, a dark floor.
vec3 studio(vec3 r) {
    float high = r.y;
    vec3 sky = mix(mix(lin(primary), lin(shade), 0.35), lin(light) * 0.95, ramp(0.1, 0.95, high));
    vec3 ground = mix(lin(shade) * 0.55, lin(ink) * 0.15, ramp(-0.05, -0.45, high));
    ground += lin(accent) * 0.55 * ramp(-0.35, -1.0, high);
    vec3 color = mix(ground, sky, clamp(high * 9.0 + 0.5, 0.0, 1.0));
    float strip = ramp(0.16, 0.04, abs(r.x - 0.62)) + ramp(0.22, 0.06, abs(r.x + 0.7));
    color = mix(color, r.x > 0.0 ? lin(accent) * 1.15 : lin(primary) * 1.1, strip * 0.75);
    float lamp = ramp(0.3, 0.16, abs(r.x + 0.12)) * ramp(0.2, 0.08, abs(high - 0.62));
    return color + lin(light) * lamp * (1.1 + 0.7 * snare);
}

void main() {
    vec2 place = isf_FragNormCoord;
    vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    float px = canvas.x / RENDERSIZE.x;
    vec2 uv = (place - 0.5) * canvas;
    float clock = (TIME * 0.014 + travel * 0.034) * (0.3 + 1.4 * speed);
    vec2 room = canvas;
    float heart = 0.19 * (0.8 + 0.3 * amount) * (1.0 + 0.09 * kick + 0.1 * drop + 0.05 * bass);
    vec3 middle = vec3(0.06 * sway(clock * 0.6), 0.05 * sway(clock * 0.47 + 0.3), heart * heart);
    vec4 field = pull(uv, middle);
    field += pull(uv, blob(0.0, clock, room));
    field += pull(uv, blob(1.0, clock, room));
    field += pull(uv, blob(2.0, clock, room));
    field += pull(uv, blob(3.0, clock, room));
    field += pull(uv, blob(4.0, clock, room));
    field += pull(uv, blob(5.0, clock, room));
    field += pull(uv, blob(6.0, clock, room));
    field += pull(uv, blob(7.0, clock, room));

    // Where the strength is over one there is metal; as of a ball, its surface leans the more the nearer the edge.
    float steep = inversesqrt(dot(field.yz, field.yz) + 0.0001);
    float cover = clamp((field.x - 1.0) * steep / px + 0.5, 0.0, 1.0);
    float within = inversesqrt(max(field.x, 0.0001));
    vec2 tilt = field.yz * (-0.25 * within * within * within * sqrt(field.w / (field.x + 0.0001)));
    float leaning = dot(tilt, tilt);
    tilt *= inversesqrt(sqrt(1.0 + leaning * leaning)) * 1.15;
    tilt *= min(1.0, 0.985 * inversesqrt(dot(tilt, tilt) + 0.0001));
    float z = sqrt(max(1.0 - dot(tilt, tilt), 0.0));
    vec3 n = vec3(tilt, z);
    vec3 r = vec3(2.0 * n.z * n.xy, 2.0 * n.z * n.z - 1.0);
    r.xy += 0.1 * vec2(uv.x, uv.y);
    vec3 mirrored = studio(r);
    float glance = (1.0 - z) * (1.0 - z);
    vec3 dye = mix(lin(primary), lin(accent), clamp(0.5 + 0.45 * n.x - 0.3 * n.y + 0.3 * uv.x, 0.0, 1.0));
    vec3 jelly = dye * (0.22 + 0.6 * clamp(n.y * 0.6 + 0.45, 0.0, 1.0)) + mirrored * (0.18 + 0.6 * glance);
    vec3 color = mix(jelly, mirrored * (0.55 + 0.45 * mix(vec3(1.0), dye * 1.6, 0.35)), metal) * (0.7 + 0.25 * energy + 0.15 * kick);
    color += mix(lin(accent), lin(light), 0.3) * glance * glance * (0.12 + 0.35 * snare + 0.2 * energy);

    // A wall behind, lit by a lamp; the drops glow on it and throw shadows.
    float lamp = fade(length(uv - vec2(-0.12, 0.18) * canvas) * 1.7);
    float around = sqrt(min(field.x, 1.0));
    vec3 wall = mix(lin(ink) * 0.4, mix(lin(shade), lin(primary), 0.12), lamp) * (0.55 + 0.4 * energy + 0.1 * level);
    wall *= 1.0 - 0.6 * around * around;
    wall += mix(lin(primary), lin(accent), clamp(0.5 + uv.x, 0.0, 1.0)) * around * around * around * (0.03 + 0.22 * bass + 0.25 * kick + 0.2 * drop);
    color = mix(wall, color, cover);

    // Droplets around the big ones light up with the hats.
    vec2 grid = uv * 5.0 + vec2(seed, clock * 2.0);
    vec2 cell = floor(grid);
    float own = hash(ivec2(cell));
    vec2 spot = grid - cell - 0.25 - 0.5 * fract(vec2(own * 57.0, own * 91.0));
    float size = (0.02 + 0.06 * fract(own * 7.0)) * (1.0 + 0.25 * hat);
    float from = length(spot);
    float bead = clamp((size - from) / (px * 5.0) + 0.5, 0.0, 1.0) * step(0.8, own) * (1.0 - cover);
    vec2 bead_n = spot / size;
    vec3 shine = mix(lin(shade), own > 0.9 ? lin(primary) : lin(accent), clamp(0.5 + 0.5 * bead_n.y, 0.0, 1.0));
    vec2 glint = bead_n - vec2(-0.25, 0.4);
    shine += lin(light) * clamp(1.1 - 5.0 * dot(glint, glint), 0.0, 1.0) * (0.4 + 0.9 * hat);
    color = mix(color, shine * (0.45 + 0.4 * energy), bead * 0.9);
    vec2 frame = place - 0.5;
    gl_FragColor = vec4(develop(color * (1.06 - 0.7 * dot(frame, frame))), 1.0);
}
