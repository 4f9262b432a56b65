/*{
  "DESCRIPTION": "A poster in the Swiss manner: a few large forms and strict bars that take new places at the turn of the phrase and move with the parts of the sound.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Graphic"],
  "SONGREEL": {
    "family": "graphic",
    "energy": [0.15, 1.0],
    "moods": ["bold", "modern", "playful", "restrained"],
    "words": {
      "en": ["swiss poster", "swiss design", "modernist", "constructivism", "international style", "graphic poster"],
      "zh": ["瑞士海报", "现代主义", "构成主义", "国际主义风格", "平面海报"]
    },
    "resolution": 0.58
  },
  "INPUTS": [
    {"NAME": "size", "LABEL": "Size of the forms", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "rules", "LABEL": "Rules", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "paper", "LABEL": "Grain of the paper", "TYPE": "float", "DEFAULT": 0.4, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beat", "LABEL": "Beat phase", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beatCount", "LABEL": "Beats so far", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 100000.0},
    {"NAME": "bass", "LABEL": "Bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "lowmid", "LABEL": "Low mids", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "mid", "LABEL": "Mids", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "treble", "LABEL": "Treble", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
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

// Where a form stands in a plan: five places of a grid, which the forms change among themselves.
vec2 berth(float i, float plan) {
    float own = hash(ivec2(int(plan) * 7 + 1, int(seed) * 3));
    float place = mod(i * (1.0 + floor(own * 3.99)) + floor(fract(own * 61.0) * 4.99), 5.0);
    vec2 at = place < 0.5 ? vec2(-0.31, 0.2) : (place < 1.5 ? vec2(0.02, -0.04) : (place < 2.5 ? vec2(0.31, 0.22) : (place < 3.5 ? vec2(-0.27, -0.24) : vec2(0.29, -0.23))));
    return fract(own * 17.0) < 0.5 ? at : -at;
}

// Which way a form is turned in a layout, in quarters.
float quarter(float i, float plan) {
    return floor(hash(ivec2(int(i) * 11 + 3, int(plan) * 13 + int(seed))) * 3.99);
}

float edge(float d, float px) {
    return clamp(0.5 - d / px, 0.0, 1.0);
}

void main() {
    vec2 place = isf_FragNormCoord;
    vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    float px = canvas.x / RENDERSIZE.x;
    vec2 uv = (place - 0.5) * canvas;
    float slow = TIME * 0.006 + travel * 0.011;
    uv += 0.03 * vec2(sway(slow * 0.8 + seed * 0.1), sway(slow * 0.6 + seed * 0.3)) * canvas;

    // A layout lasts sixteen beats; then all forms slide to their next places while one beat lasts.
    float epoch = floor(beatCount / 16.0);
    float since = beatCount - epoch * 16.0;
    float left = since < 0.5 ? (1.0 - beat) * (1.0 - beat) * (1.0 - beat) : 0.0;
    vec2 wide = canvas * 0.97;
    vec2 at_disc = mix(berth(0.0, epoch), berth(0.0, epoch - 1.0), left) * wide;
    vec2 at_half = mix(berth(1.0, epoch), berth(1.0, epoch - 1.0), left) * wide;
    vec2 at_arcs = mix(berth(2.0, epoch), berth(2.0, epoch - 1.0), left) * wide;
    vec2 at_bars = mix(berth(3.0, epoch), berth(3.0, epoch - 1.0), left) * wide;
    vec2 at_dots = mix(berth(4.0, epoch), berth(4.0, epoch - 1.0), left) * wide;
    float turn_half = mix(quarter(1.0, epoch), quarter(1.0, epoch - 1.0), left) * 1.5707963 + 0.25 * slow;
    float turn_arcs = mix(quarter(2.0, epoch), quarter(2.0, epoch - 1.0), left) * 1.5707963;
    float big = 0.75 + 0.5 * size;

    // Ground: two flats that meet on a slant.
    float awake = 0.35 + 0.65 * energy;
    float lean = 0.5 + 0.35 * sway(seed * 0.37 + slow * 0.3);
    vec2 way = vec2(cos(lean), sin(lean));
    float cut_by = dot(uv, way) + 0.22 * sway(slow * 0.5 + seed * 0.2) - 0.05;
    vec3 night = lin(ink) * 0.5;
    vec3 dusk = mix(lin(ink), lin(shade), 0.35 + 0.55 * energy);
    vec3 color = mix(night, dusk, edge(cut_by, px));

    // The large disc beats with the kick.
    float disc = length(uv - at_disc) - 0.31 * big * (1.0 + 0.13 * kick + 0.05 * drop);
    vec3 strong = mix(lin(shade), lin(primary), awake) * (0.85 + 0.2 * bass + 0.2 * kick);
    color = mix(color, strong, edge(disc, px));

    // Half a disc, over which the large one shows through.
    vec2 q = uv - at_half;
    vec2 r = vec2(q.x * cos(turn_half) + q.y * sin(turn_half), q.y * cos(turn_half) - q.x * sin(turn_half));
    float half_disc = max(length(r) - 0.235 * big * (1.0 + 0.05 * bass), r.y);
    vec3 second = mix(lin(shade) * 1.2, lin(accent), awake);
    color = mix(color, mix(second, second * strong * 2.2 + 0.1 * second, edge(disc, px)), edge(half_disc, px));

    // Arcs around a corner, as many as the middle of the sound is loud.
    q = uv - at_arcs;
    vec2 a = vec2(q.x * cos(turn_arcs) + q.y * sin(turn_arcs), q.y * cos(turn_arcs) - q.x * sin(turn_arcs));
    float far = length(a);
    float ring = abs(fract(far * 17.0) - 0.5) / 17.0 - 0.0085;
    float reach = 0.2 + 0.24 * big * (0.35 + 0.4 * mid + 0.35 * energy);
    float arcs = max(max(ring, far - floor(reach * 17.0) / 17.0), -a.y);
    color = mix(color, mix(lin(light), second, 0.15) * (0.45 + 0.5 * awake), edge(arcs, px));

    // Seven bars on a slant, each as long as its part of the sound is loud.
    q = uv - at_bars;
    vec2 b = vec2(q.x * way.x + q.y * way.y, q.y * way.x - q.x * way.y);
    float lane = floor(b.y / 0.052 + 3.5);
    float heard = bass + (lowmid - bass) * step(1.5, lane) + (mid - lowmid) * step(2.5, lane) + (treble - mid) * step(4.5, lane);
    float own = fract(hash(ivec2(40, int(epoch) + int(seed))) + lane * (0.618 + 0.377 * lane));
    float long_by = (0.1 + 0.3 * own) * (0.35 + 0.65 * rules) * (0.45 + 0.3 * energy + 0.9 * heard) + 0.1 * snare * own;
    float bar = max(abs(b.y - (lane - 3.0) * 0.052) - 0.015, abs(b.x - 0.1 * (own - 0.5)) - long_by);
    bar = lane < 0.0 || lane > 6.5 ? 1.0 : bar;
    vec3 ink_of = own < 0.3 ? second : (own < 0.55 ? strong : lin(light) * (0.5 + 0.45 * awake));
    color = mix(color, ink_of, edge(bar, px));

    // A block of dots that the hats fill.
    q = uv - at_dots;
    vec2 cell = floor(q / 0.034);
    vec2 off = q - (cell + 0.5) * 0.034;
    float mine = hash(ivec2(cell) + ivec2(int(epoch) * 3, 17));
    float in_block = step(max(abs(cell.x + 0.5), abs(cell.y + 0.5)), 4.0);
    float grown = 0.0055 + 0.0055 * clamp(hat * 1.2 + 0.5 * energy - mine * 0.7 + 0.2 * build, 0.0, 1.0);
    color = mix(color, mix(lin(light), lin(accent), step(0.8, fract(mine * 7.0))) * (0.45 + 0.5 * awake), edge(length(off) - grown, px) * in_block);

    float speck = hash(ivec2(gl_FragCoord.xy)) - 0.5;
    color *= 1.0 + 0.14 * paper * speck;
    vec2 frame = place - 0.5;
    gl_FragColor = vec4(develop(color * (1.04 - 0.35 * dot(frame, frame))), 1.0);
}
