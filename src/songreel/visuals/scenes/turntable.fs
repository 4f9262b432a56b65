/*{
  "DESCRIPTION": "A record with the cover as its label turns under the arm, which moves inwards with the song; lamps of the club pass over it.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Cover"],
  "SONGREEL": {
    "family": "cover",
    "energy": [0.0, 1.0],
    "moods": ["nostalgic", "warm", "elegant", "intimate"],
    "words": {
      "en": ["turntable", "turntables", "vinyl", "vinyl record", "record player", "gramophone", "spinning record"],
      "zh": ["唱片机", "黑胶", "黑胶唱片", "唱盘", "留声机"]
    },
    "resolution": 0.48
  },
  "INPUTS": [
    {"NAME": "cover", "LABEL": "Cover", "TYPE": "image"},
    {"NAME": "close", "LABEL": "How close", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "lamps", "LABEL": "Lamps", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "wear", "LABEL": "Wear of the record", "TYPE": "float", "DEFAULT": 0.4, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "LABEL": "Bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "kick", "LABEL": "Kick", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "snare", "LABEL": "Snare", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "hat", "LABEL": "Hi-hat", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "mid", "LABEL": "Mids", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
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

// Distance from a bar along an arm, from one place on it to another.
float bar_of(vec2 at, float from, float to) {
    return length(vec2(at.x - clamp(at.x, from, to), at.y));
}

// Where the needle stands: on the radius that the song has reached, at the length of the arm from its pivot.
vec2 needle(vec2 pivot, float reach) {
    float radius = mix(0.412, 0.2, song) + 0.002 * sway(TIME * 0.45);
    float apart = length(pivot);
    float turn = acos(clamp((apart * apart + reach * reach - radius * radius) / (2.0 * apart * reach), -1.0, 1.0));
    vec2 way = -pivot / apart;
    return pivot + reach * vec2(way.x * cos(turn) - way.y * sin(turn), way.x * sin(turn) + way.y * cos(turn));
}

float edge(float d, float px) {
    return clamp(0.5 - d / px, 0.0, 1.0);
}

void main() {
    float given = step(2.0, IMG_SIZE(cover).x);
    vec2 place = isf_FragNormCoord;
    vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    vec2 uv = (place - 0.5) * canvas;
    float upright = clamp(canvas.y - 1.0, 0.0, 1.0);
    float slow = TIME * 0.006 + travel * 0.004;

    // The table seen from the front at an angle; it is drawn in its own plane.
    float zoom = (1.1 - 0.18 * close + 0.3 * upright) * (1.0 - 0.05 * build - 0.015 * kick);
    float sink = 1.0 / (1.0 - 0.34 * uv.y);
    vec2 p = vec2(uv.x, uv.y * 1.34) * (sink * zoom);
    p.y += 0.27 * upright;
    p += 0.012 * vec2(sway(slow + seed * 0.1), sway(slow * 0.8 + seed * 0.3));
    float px = 1.25 * sink * zoom * canvas.x / RENDERSIZE.x;
    float from = length(p);
    vec2 ray = p / (from + 0.0001);

    // Two lamps wander over everything, one for the bass and one for the mids.
    vec2 one_at = vec2(-0.75 + 0.35 * sway(slow * 3.0 + seed * 0.2), 0.5 + 0.25 * sway(slow * 2.3));
    vec2 two_at = vec2(0.85 + 0.3 * sway(slow * 2.7 + 0.4), -0.1 + 0.35 * sway(slow * 2.0 + seed * 0.4));
    float far_one = fade(length(p - one_at) * 1.7);
    float far_two = fade(length(p - two_at) * 1.9);
    vec3 one = mix(lin(primary), lin(light), 0.1) * ((0.28 + 0.5 * energy + 0.45 * bass + 0.4 * drop) * (0.5 + lamps));
    vec3 two = mix(lin(accent), lin(light), 0.1) * ((0.25 + 0.45 * energy + 0.45 * mid + 0.4 * drop) * (0.5 + lamps));
    vec3 room = mix(lin(light), lin(shade), 0.25) * 0.2 * fade(length(p - vec2(-0.1, 0.25)) * 1.4);
    vec3 lit = one * far_one + two * far_two + room;

    // Table of dark wood.
    float grain = noise(vec2(p.x * 2.3 + seed, p.y * 34.0)) * 0.6 + noise(vec2(p.x * 7.0, p.y * 90.0)) * 0.4;
    vec3 color = (mix(lin(ink), lin(shade), 0.55) * 0.4 + 0.012) * (0.6 + 0.6 * grain) * (0.25 + lit * 2.2);

    // The sleeve lies beside the player.
    vec2 sleeve_at = mix(vec2(-0.98, 0.2), vec2(-0.1, 1.08), upright);
    float lean = 0.19 + 0.06 * (fract(seed * 0.755) - 0.5);
    vec2 s = p - sleeve_at;
    s = vec2(s.x * cos(lean) + s.y * sin(lean), s.y * cos(lean) - s.x * sin(lean));
    float sleeve = box(s, vec2(0.36), 0.008);
    color *= 1.0 - 0.65 * fade(max(box(s - vec2(0.02, -0.03), vec2(0.36), 0.03), 0.0) * 26.0);
    float spin = TIME * 0.1 + travel * 0.3;
    float turned = spin * 6.2831853;
    vec2 face = vec2(p.x * cos(turned) + p.y * sin(turned), p.y * cos(turned) - p.x * sin(turned));
    vec3 print = art(clamp((from < 0.19 ? face / 0.342 : s / 0.72) + 0.5, 0.003, 0.997), given);
    color = mix(color, print * (0.14 + 1.1 * lit), edge(sleeve, px));

    // The player: a satin plinth with a bright edge, on which everything throws a soft shadow.
    vec2 body_at = p - vec2(0.1, 0.0);
    float body = box(body_at, vec2(0.64, 0.51), 0.05);
    color *= 1.0 - 0.75 * fade(max(box(body_at - vec2(0.03, -0.06), vec2(0.64, 0.51), 0.08), 0.0) * 14.0);
    vec3 satin = mix(lin(shade), lin(ink), 0.35) * 0.55 + 0.008;
    satin *= 0.3 + lit * 2.1 + 0.15 * (grain - 0.5);
    satin += (lit * 0.5 + 0.03) * max(1.0 - abs(body + 0.006) / (px * 1.6), 0.0) * (p.y > -0.3 ? 0.5 : 1.0);
    satin *= 1.0 - 0.7 * fade(max(from - 0.455, 0.0) * 22.0 + 0.3);
    color = mix(color, satin, edge(body, px));

    // Platter: a metal rim whose dots catch the stroboscope.
    float round_by = atan(face.y, face.x) * 0.15915494;
    float dots = edge(abs(fract(round_by * 60.0) - 0.5) - 0.28, px * 24.0) * edge(abs(from - 0.449) - 0.007, px);
    vec2 toward_one = one_at * inversesqrt(dot(one_at, one_at));
    vec2 toward_two = two_at * inversesqrt(dot(two_at, two_at));
    float way_one = dot(ray, toward_one);
    float way_two = dot(ray, toward_two);
    vec3 metal = (lit + one * max(way_one, 0.0) * 0.6 + two * max(way_two, 0.0) * 0.6) * 0.55 + 0.015;
    metal += dots * (lit * 0.4 + mix(lin(accent), lin(light), 0.4) * (0.08 + 0.75 * hat + 0.3 * energy));
    float platter = edge(from - 0.462, px);
    color = mix(color, metal * (0.5 + 0.5 * ramp(0.462, 0.452, from)), platter);
    color += mix(lin(primary), lin(light), 0.15) * fade(abs(from - 0.468) * 55.0) * (0.5 * kick + 0.15 * bass + 0.6 * drop) * (1.0 - platter) * 0.8;

    // The record: grooves that catch each lamp in two fans, gaps between the songs, a hair of dust.
    float ripple = 0.5 + 0.3 * sway(from * 74.0) + 0.2 * sway(from * 31.0 + 0.3);
    float gap = clamp(abs(fract(from * 12.5 + 0.1) - 0.5) * 30.0 - 0.5, 0.0, 1.0);
    float wobble = 0.05 * sway(spin * 1.0 + 0.2);
    float fan_one = abs(way_one + wobble);
    float fan_two = abs(way_two - wobble);
    fan_one *= fan_one;
    fan_two *= fan_two;
    fan_one *= fan_one * fan_one;
    fan_two *= fan_two * fan_two;
    vec3 vinyl = lin(ink) * 0.06 + 0.003 + lit * 0.012;
    vinyl += (one * fan_one * (0.5 + 0.6 * kick) + two * fan_two * (0.5 + 0.6 * snare) + room * 0.25) * ripple * (0.4 + 0.6 * gap) * 0.75;
    float dust = hash(ivec2(floor(face * 420.0)));
    vinyl += lit * step(1.0 - 0.006 * wear, dust) * 0.5;
    vinyl *= 1.0 - 0.55 * ramp(0.02, 0.0, abs(from - 0.178));
    color = mix(color, vinyl, edge(from - 0.436, px));
    color += lit * max(1.0 - abs(from - 0.433) / (px * 1.5), 0.0) * 0.3;

    // Its label is the cover, a little darker at its rim, with the hole in the middle.
    vec3 label = print * (0.42 + 0.75 * lit + 0.1 * energy);
    color = mix(color, label, edge(from - 0.168, px));
    color *= 1.0 - 0.5 * max(1.0 - abs(from - 0.168) / (px * 1.5), 0.0);
    color = mix(color, lit * 0.9 + 0.05, edge(from - 0.011, px));
    color = mix(color, vec3(0.004), edge(length(p - vec2(0.002, -0.003)) - 0.006, px));

    // The arm and its shadow.
    vec2 pivot = vec2(0.565, 0.3);
    vec2 tip = needle(pivot, 0.545);
    vec2 to_tip = tip - pivot;
    vec2 along = to_tip * inversesqrt(dot(to_tip, to_tip));
    vec2 across = vec2(-along.y, along.x);
    vec2 on_arm = vec2(dot(p - pivot, along), dot(p - pivot, across));
    vec2 fallen = vec2(dot(vec2(0.02, -0.035), along), dot(vec2(0.02, -0.035), across));
    color *= 1.0 - 0.6 * fade(max(bar_of(on_arm - fallen, -0.13, 0.545) - 0.006, 0.0) * 55.0);
    float base = length(p - pivot);
    color *= 1.0 - 0.5 * fade(max(length(p - pivot - vec2(0.015, -0.025)) - 0.075, 0.0) * 30.0);
    vec3 base_color = (mix(lin(shade), lin(ink), 0.5) * 0.4 + 0.03) * (0.4 + 2.2 * lit) + lit * max(1.0 - abs(base - 0.073) / (px * 1.5), 0.0) * 0.5;
    color = mix(color, base_color, edge(base - 0.078, px));
    float arm = bar_of(on_arm, 0.0, 0.545);
    float weight = bar_of(on_arm, -0.14, -0.06);
    float shell = bar_of(on_arm, 0.485, 0.545);
    float side = on_arm.y;
    vec3 steel = (lit * 1.3 + 0.06) * (0.45 + 0.7 * fade(abs(side - 0.004) * 160.0));
    color = mix(color, steel, edge(arm - 0.0085, px));
    color = mix(color, (lit + 0.03) * (0.25 + 0.7 * fade(abs(side - 0.012) * 60.0)), edge(weight - 0.032, px));
    color = mix(color, (lit * 0.5 + 0.012) + lin(primary) * 0.12, edge(shell - 0.02, px));
    color = mix(color, (lit + 0.05) * 0.9, edge(base - 0.026, px));
    color += mix(lin(light), lin(accent), 0.3) * fade(length(p - tip) * 70.0) * (0.05 + 0.7 * snare);

    // A lamp on the plinth beats with the kick, a slider stands beside it.
    vec2 knob = p - vec2(-0.475, -0.43);
    color += lin(primary) * (edge(length(knob) - 0.013, px) * 0.8 + fade(length(knob) * 38.0) * 0.5) * (0.12 + 0.9 * kick) * edge(body, px);
    float slot = box(p - vec2(0.66, -0.28), vec2(0.007, 0.14), 0.006);
    color = mix(color, vec3(0.004), edge(slot, px) * 0.9);
    float cap = box(p - vec2(0.66, -0.28 + 0.07 * (fract(seed * 0.29) - 0.5)), vec2(0.026, 0.014), 0.005);
    color = mix(color, lit * 0.8 + 0.04, edge(cap, px));
    vec2 frame = place - 0.5;
    gl_FragColor = vec4(develop(color * (1.25 - 0.9 * dot(frame, frame))), 1.0);
}
