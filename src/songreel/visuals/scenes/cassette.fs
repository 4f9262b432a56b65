/*{
  "DESCRIPTION": "A cassette with the cover on its label; its reels turn, the tape runs from one to the other with the song, stripes of sound pass behind.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Cover"],
  "SONGREEL": {
    "family": "cover",
    "energy": [0.0, 1.0],
    "moods": ["nostalgic", "playful", "warm", "intimate"],
    "words": {
      "en": ["cassette", "cassettes", "cassette tape", "mixtape", "walkman", "tape deck"],
      "zh": ["磁带", "卡带", "录音带", "随身听", "混音带", "盒带"]
    },
    "resolution": 0.48
  },
  "INPUTS": [
    {"NAME": "cover", "LABEL": "Cover", "TYPE": "image"},
    {"NAME": "stripes", "LABEL": "Width of the stripes", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "lean", "LABEL": "Lean", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "paper", "LABEL": "Grain of the paper", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "LABEL": "Bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "mid", "LABEL": "Mids", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "treble", "LABEL": "Treble", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "kick", "LABEL": "Kick", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "snare", "LABEL": "Snare", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "hat", "LABEL": "Hi-hat", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "energy", "LABEL": "Section energy", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "build", "LABEL": "Build-up", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "drop", "LABEL": "Drop", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "song", "LABEL": "Through the song", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
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

// Light of the cover, or of the palette where there is no cover.
vec3 art(vec2 at, float given) {
    vec4 look = IMG_NORM_PIXEL(cover, at);
    vec2 from = at - vec2(0.3 + 0.4 * fract(seed * 0.618), 0.4);
    float mixed = clamp(at.y * 0.8 + 0.35 * sway(at.x * 0.4 + seed * 0.21), 0.0, 1.0);
    vec3 own = mix(lin(primary), lin(shade) * 0.8, mixed);
    own = mix(own, lin(accent), fade(dot(from, from) * 26.0) * 0.85);
    return mix(own, look.rgb * look.rgb * look.a, given);
}

float box(vec2 at, vec2 half_size, float corner) {
    vec2 q = abs(at) - half_size + corner;
    return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - corner;
}

float edge(float d, float px) {
    return clamp(0.5 - d / px, 0.0, 1.0);
}

// A reel: the tape wound on it, and its hub with six teeth that turn.
vec3 reel(vec3 behind, vec2 at, vec2 wound, float px, vec3 lamp) {
    float from = length(at);
    float c = cos(wound.y);
    float s = sin(wound.y);
    vec2 q = vec2(at.x * c + at.y * s, at.y * c - at.x * s);
    vec2 ray = at / (from + 0.0001);
    float sheen = ray.x * 0.6 + ray.y * 0.8;
    sheen *= sheen;
    vec3 tape = lin(ink) * 0.1 + vec3(0.006) + lamp * 0.16 * sheen * sheen * (0.7 + 0.3 * sway(from * 90.0));
    vec3 color = mix(behind, tape, edge(from - wound.x, px));
    color = mix(color, lamp * 0.62 + 0.02, edge(from - 0.062, px));
    color *= 1.0 - 0.45 * max(1.0 - abs(from - 0.062) / (px * 1.5), 0.0);
    color = mix(color, vec3(0.004), edge(from - 0.043, px));
    vec2 a = abs(vec2(q.x, q.y));
    vec2 b = abs(vec2(q.x * 0.5 + q.y * 0.8660254, q.y * 0.5 - q.x * 0.8660254));
    vec2 d = abs(vec2(q.x * 0.5 - q.y * 0.8660254, q.y * 0.5 + q.x * 0.8660254));
    float teeth = min(min(box(a - vec2(0.037, 0.0), vec2(0.009, 0.0065), 0.002), box(b - vec2(0.037, 0.0), vec2(0.009, 0.0065), 0.002)), box(d - vec2(0.037, 0.0), vec2(0.009, 0.0065), 0.002));
    return mix(color, lamp * 0.62 + 0.02, edge(teeth, px));
}

void main() {
    float given = step(2.0, IMG_SIZE(cover).x);
    vec2 place = isf_FragNormCoord;
    vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    float px = canvas.x / RENDERSIZE.x;
    vec2 uv = (place - 0.5) * canvas;
    float slow = TIME * 0.008 + travel * 0.006;
    float upright = clamp(canvas.y - 1.0, 0.0, 1.0);

    // Paper, with stripes that come in level, bend upwards and leave; each one is as wide as its part of the sound is loud.
    vec2 lamp_at = vec2(-0.1 + 0.4 * sway(slow + seed * 0.1), 0.1 + 0.35 * sway(slow * 0.7 + seed * 0.3)) * canvas;
    float lamp = fade(length(uv - lamp_at) * (1.15 - 0.3 * energy));
    vec3 color = mix(lin(ink) * 0.55, mix(lin(shade), lin(ink), 0.25), lamp);
    float hand = fract(seed * 0.377) < 0.5 ? -1.0 : 1.0;
    vec2 t = vec2(uv.x * hand, uv.y);
    vec2 disc_at = t - mix(vec2(-0.5, -0.36), vec2(-0.3, 0.55), upright) - 0.14 * vec2(sway(slow * 0.37 + seed * 0.4), 0.6 * sway(slow * 0.29));
    float disc = length(disc_at);
    float disc_wide = 0.4 + 0.012 * kick + 0.03 * drop + 0.02 * bass;
    vec3 sun = mix(lin(primary), lin(shade), 0.45) * (0.3 + 0.3 * energy + 0.35 * lamp);
    color = mix(color, sun * (0.75 + 0.5 * clamp(disc_at.y * 1.4 + 0.3, 0.0, 1.0)), edge(disc - disc_wide, px * 1.2));
    color = mix(color, mix(lin(accent), lin(shade), 0.4) * (0.35 + 0.35 * lamp + 0.4 * hat), edge(abs(disc - disc_wide - 0.05) - 0.0035, px));
    vec2 round_at = t - mix(vec2(0.18, 0.18), vec2(-0.2, -0.34), upright);
    float bent = length(max(vec2(round_at.x, -round_at.y), 0.0)) + min(max(round_at.x, -round_at.y), 0.0);
    float lane_wide = 0.05 + 0.035 * stripes;
    float lane = (bent - 0.26) / lane_wide + 2.0;
    float which = floor(lane);
    float heard = which < 0.5 ? bass : (which < 1.5 ? mid : (which < 2.5 ? treble : snare));
    float grown = 0.3 + 0.1 * energy + 0.12 * heard;
    float stripe = edge((abs(lane - which - 0.5) - grown) * lane_wide, px * 1.2) * step(-0.5, which) * step(which, 3.5);
    vec3 dye = which < 0.5 ? lin(primary) : (which < 1.5 ? mix(lin(primary), lin(accent), 0.5) : (which < 2.5 ? lin(accent) : mix(lin(light), lin(accent), 0.2)));
    float run = bent > 0.0 ? (round_at.x > 0.0 ? t.y : t.x) : t.x;
    float shine = fade(abs(fract(run * 0.4 - travel * 0.13 + which * 0.13) - 0.5) * 9.0);
    color = mix(color, dye * (0.3 + 0.45 * lamp + 0.3 * energy + 0.3 * heard * shine), stripe * (0.55 + 0.45 * clamp(energy + 0.4, 0.0, 1.0)));
    float fibre = noise(uv * vec2(190.0, 160.0)) * 0.6 + noise(uv * 71.0 + 9.0) * 0.4 - 0.5;
    color *= 1.0 + 0.28 * paper * fibre;

    // The cassette leans a little and rises with the kick; its shadow tells how high.
    float high = 0.5 + 0.5 * kick + 0.6 * drop + 0.3 * build;
    float turn = (0.11 * (lean * 2.0 - 1.0) - 0.05) + 0.045 * sway(slow * 0.9 + seed * 0.2);
    float size = (0.98 + 0.14 * upright) * (1.0 - 0.02 * kick - 0.025 * drop - 0.02 * build);
    float c = cos(turn);
    float s = sin(turn);
    vec2 p = vec2(uv.x * c + uv.y * s, uv.y * c - uv.x * s) * size + vec2(0.0, 0.03);
    vec2 shell_size = vec2(0.455, 0.29);
    vec2 under = p + vec2(-0.018, 0.024) * high;
    color *= 1.0 - 0.72 * fade(max(box(under, shell_size, 0.03), 0.0) * 30.0 / (0.4 + high));
    color *= 1.0 - 0.3 * fade(max(box(p + vec2(-0.03, 0.06), shell_size, 0.06), 0.0) * 8.0);
    float shell = box(p, shell_size, 0.022);
    vec3 light_by = mix(lin(light), lin(accent), 0.12) * (0.5 + 0.35 * lamp + 0.3 * energy);
    vec3 plastic = mix(lin(shade), lin(ink), 0.45) * 0.75 + 0.012;
    float ridge = sway(p.y * 60.0) * 0.06 * step(abs(p.x), 0.43);
    plastic *= (0.55 + 0.6 * lamp + 0.35 * energy) * (1.0 + ridge);
    float rim = max(1.0 - abs(shell + 0.004) / (px * 2.0), 0.0);
    plastic += light_by * rim * (0.1 + 0.35 * clamp(p.y * 2.0 + 0.4, 0.0, 1.0));
    color = mix(color, plastic, edge(shell, px));

    // Foot: the thicker part where the heads reach in.
    float foot = max(abs(p.x) - 0.315 - 0.25 * (p.y + 0.17), max(p.y + 0.175, -0.288 - p.y));
    color = mix(color, plastic * 1.35 + light_by * 0.015, edge(foot, px));
    color *= 1.0 - 0.4 * max(1.0 - abs(foot) / (px * 1.6), 0.0);
    vec2 hole = vec2(abs(p.x), p.y + 0.245);
    float holes = min(min(length(hole - vec2(0.21, 0.0)) - 0.017, length(hole - vec2(0.115, 0.012)) - 0.012), box(hole, vec2(0.014, 0.014), 0.003));
    color = mix(color, vec3(0.004), edge(holes, px));

    // The label: the cover runs over all of it.
    vec2 label_at = p - vec2(0.0, 0.045);
    float label = box(label_at, vec2(0.405, 0.2), 0.014);
    vec2 look = vec2(label_at.x / 0.81 + 0.5, 0.5 + label_at.y / 0.81 + 0.04);
    vec3 print = art(clamp(look, 0.002, 0.998), given) * (0.62 + 0.3 * lamp + 0.25 * energy + 0.06 * kick);
    float band = box(label_at - vec2(0.0, 0.163), vec2(0.405, 0.037), 0.0);
    print = mix(print, lin(light) * (0.5 + 0.3 * lamp + 0.2 * energy), edge(band, px) * 0.92);
    float rule = edge(abs(label_at.y - 0.152) - 0.0012, px) * step(abs(label_at.x + 0.03), 0.31);
    print = mix(print, lin(ink) * 0.5, rule * 0.7);
    float dot_of = edge(length(label_at - vec2(-0.372, 0.163)) - 0.017, px);
    print = mix(print, lin(primary), dot_of);
    float lines = edge(box(label_at + vec2(0.0, 0.176), vec2(0.405, 0.004), 0.0), px) + edge(box(label_at + vec2(0.0, 0.19), vec2(0.405, 0.004), 0.0), px);
    print = mix(print, lin(primary) * 0.8, min(lines, 1.0));
    color = mix(color, print * (1.0 + 0.12 * paper * fibre), edge(label, px));

    // The window: both reels, the tape that passes from one to the other, a reflection over the glass.
    vec2 pane_at = p + vec2(0.0, 0.082);
    float pane = box(pane_at, vec2(0.262, 0.069), 0.066);
    float left_wound = sqrt(mix(0.0289, 0.0066, song));
    float right_wound = sqrt(mix(0.0066, 0.0289, song));
    float spin = TIME * 0.05 + travel * 0.32;
    vec3 inner = plastic * 0.35 + lin(ink) * 0.05;
    vec2 left_reel = vec2(left_wound, spin * 0.8 / left_wound);
    vec2 right_reel = vec2(right_wound, spin * 0.8 / right_wound);
    vec2 on_reel = vec2(pane_at.x + (p.x < 0.0 ? 0.175 : -0.175), pane_at.y);
    inner = reel(inner, on_reel, p.x < 0.0 ? left_reel : right_reel, px, light_by);
    float gloss = ramp(0.05, 0.0, abs(pane_at.x + pane_at.y * 0.7 - 0.05 - 0.5 * sway(slow * 1.5))) * 0.5;
    inner += light_by * (gloss * 0.1 + 0.1 * snare * clamp(pane_at.y * 9.0 + 0.5, 0.0, 1.0));
    color = mix(color, inner, edge(pane, px));
    color = mix(color, plastic * 0.8 + light_by * 0.05, edge(abs(pane) - 0.005, px));
    color += light_by * max(1.0 - abs(pane - 0.005) / (px * 1.5), 0.0) * (0.06 + 0.3 * hat);

    // Screws in the corners.
    vec2 corner = abs(p - vec2(0.0, 0.0)) - vec2(0.43, 0.265);
    float screw = length(corner);
    color = mix(color, light_by * 0.4 + 0.01, edge(screw - 0.0105, px));
    color = mix(color, vec3(0.005), edge(max(abs(corner.x + corner.y) - 0.0028, screw - 0.0085), px));
    color += light_by * rim * 0.05 * edge(shell, px);
    vec2 frame = place - 0.5;
    gl_FragColor = vec4(develop(color * (1.12 - 0.7 * dot(frame, frame))), 1.0);
}
