/*{
  "DESCRIPTION": "A flight through an endless tunnel of lit frames and panels; rings of light race ahead on the beat.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Graphic"],
  "SONGREEL": {
    "family": "graphic",
    "energy": [0.5, 1.0],
    "moods": ["driving", "dark", "futuristic", "intense"],
    "words": {
      "en": ["tunnel", "hyperspace", "corridor", "techno", "rave", "club", "speed"],
      "zh": ["隧道", "穿越", "科技", "速度", "电音"]
    },
    "resolution": 0.46
  },
  "INPUTS": [
    {"NAME": "speed", "LABEL": "Speed", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "panels", "LABEL": "Lit panels", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bend", "LABEL": "Bends", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "twist", "LABEL": "Twist", "TYPE": "float", "DEFAULT": 0.4, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beat", "LABEL": "Beat phase", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beatCount", "LABEL": "Beats so far", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 100000.0},
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
// A wave -1...1 with a period of one, softer than a triangle and cheaper than a sine.
float sway(float x) {
    float t = abs(fract(x) * 2.0 - 1.0);
    return t * t * (6.0 - 4.0 * t) - 1.0;
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
    vec2 uv = (isf_FragNormCoord - 0.5) * canvas;
    float way = travel * (0.5 + 1.6 * speed) + TIME * 0.12 * speed;

    // The middle of the tunnel wanders with depth; two steps settle which depth this pixel sees.
    vec2 bow = vec2(sway(way * 0.018 + seed * 0.37), sway(way * 0.0131 + seed * 0.61)) * 0.34 * bend * canvas;
    vec2 far_end = bow * 0.7;
    float guess = 0.3 / (length(uv - far_end) + 0.03);
    vec2 q = uv - far_end * (1.0 - 1.0 / (1.0 + guess * 0.45));

    // Walls: four, six, eight flat sides, or a round tube.
    int kind = int(mod(seed, 4.0));
    float sides = kind == 0 ? 6.0 : (kind == 1 ? 4.0 : (kind == 2 ? 8.0 : 3.0));
    float part = 6.2831853 / sides;
    float round_depth = 0.3 / (length(q) + 0.01);
    float turn = twist * 0.5 * sway(way * 0.008 + seed * 0.23) * min(round_depth, 6.0) * 0.3 + 0.06 * snare;
    float angle = 6.2831853 * turns_of(q) + turn + part * 0.5 + (kind == 1 ? 0.785 : 0.5236);
    float side = floor(angle / part + 0.5);
    float within = angle - side * part;
    float w2 = within * within;
    float cosine = 1.0 - w2 * (0.5 - w2 * (0.041667 - w2 * 0.001389));
    float sine = within * (1.0 - w2 * (0.166667 - w2 * (0.008333 - w2 * 0.000198)));
    float flat_radius = length(q) * cosine;
    float across = sine / (cosine * (kind == 0 ? 0.57735 : (kind == 1 ? 1.0 : (kind == 2 ? 0.41421 : 1.73205))));
    float z = 0.3 / (flat_radius + 0.004);
    int wall = int(mod(side + sides, sides));

    float along = z * 1.5 + way;
    float blur = (1.5 * z * z / 0.3) * px + 0.002;
    float frame = floor(along);
    float f = along - frame;
    float fog = fade(z * (0.42 - 0.1 * energy));

    // Frames of metal between wall panels, seams, tubes of light in the corners.
    float near_frame = abs(f - 0.5);
    float rib = clamp((near_frame - 0.43) / blur + 0.5, 0.0, 1.0);
    float corner = 1.0 - abs(across);
    float slim = px * z * 2.5 + 0.004;
    float tube = clamp((0.022 - corner) / slim + 0.5, 0.0, 1.0);
    float spill = fade(corner * 9.0);
    float half_panel = abs(abs(across) - 0.5);
    float seam = clamp((0.012 - half_panel) / slim + 0.5, 0.0, 1.0);

    // Slots of light in the panels, lit by chance; bright frames at a distance from each other.
    float near = clamp(z * 1.3 - 0.55, 0.0, 1.0);
    ivec2 panel = ivec2(int(frame), wall * 7 + int(floor(across * 2.0 + 2.0)) + int(seed) * 31);
    float chance = hash(panel);
    float flip = fract(chance * 91.0 + beatCount * 0.618);
    float lit = step(1.0 - 0.6 * panels * (0.35 + 0.65 * energy), chance);
    float slot = abs(half_panel - 0.17);
    float slots = clamp((0.022 - slot) / slim + 0.5, 0.0, 1.0) * clamp((0.34 - near_frame) / blur + 0.5, 0.0, 1.0);
    float wash = fade(slot * 16.0) * clamp((0.42 - near_frame) * 5.0, 0.0, 1.0) * 0.22;

    vec3 steel = mix(lin(ink) * 0.35, lin(shade) * 0.5, 0.1 + 0.9 * rib * (0.3 + 1.4 * abs(near_frame - 0.465) * 14.0) + 0.35 * chance * chance);
    steel *= (1.0 - 0.6 * seam) * (0.5 + 0.5 * corner) * (0.6 + 0.4 * clamp(near_frame * 3.0, 0.0, 1.0));
    vec3 color = steel * (0.45 + 0.15 * level);
    // Light of the two hues and white is summed apart, which costs less than colors.
    float cool = mod(float(wall), 2.0);
    float tubes = (tube * 1.3 + spill * 0.28) * (0.25 + 0.4 * energy + 0.15 * bass + 0.35 * kick);
    float other = step(0.5, fract(chance * 37.0));
    float lamps = lit * (slots * 1.3 + wash) * (0.4 + 0.6 * mid + 1.2 * snare * step(0.6, flip)) * near;
    float beacon = step(0.5, 1.0 - mod(frame, 3.0));
    float hoop = clamp((0.03 - near_frame) / blur + 0.5, 0.0, 1.0) * min(0.12 / blur, 1.0);
    float lamp = abs(mod(along + 1.0, 3.0) - 1.5);
    float glow = fade(lamp * 5.0) * (0.03 + 0.05 * chance) * (0.5 + 1.2 * energy + 0.5 * kick) * (0.4 + 0.6 * corner);
    float hoops = beacon * (hoop * 1.2 + 0.3 * fade(near_frame * 13.0)) * (0.25 + 0.5 * energy + 0.6 * kick) * near;
    float sparks = seam * step(0.6, fract(chance * 57.0 + floor(along * 9.0) * 0.618)) * hat * 0.9 * near;

    // Brushed metal draws out the light that comes from the far end and from the frames.
    float brush = noise(vec2(across * 30.0 + float(wall) * 9.0, along * 0.4));
    float brushed = brush * brush * brush * brush * clamp(z * 0.5, 0.0, 1.0) * (0.12 + 0.3 * energy + 0.16 * bass + 0.1 * kick) * (1.0 - 0.7 * seam);
    float by_wall = tubes + 0.6 * sparks;
    float by_panel = lamps + 0.25 * hoops;

    // A ring of light leaves with each beat and runs into the distance; the one before is still seen far away.
    float front = 0.5 + beat * 5.0;
    float loud = min(level * 1.6, 1.0) * (0.3 + 0.5 * energy) * min(beat * 5.0, 1.0);
    float ring = fade(abs(z - front) * 7.0 / (0.5 + 0.5 * front)) * (1.0 - beat) + 0.5 * fade(abs(z - front - 5.0) * 1.6) * (1.0 - beat);
    float ringing = ring * loud * (0.015 + 0.9 * rib + 0.5 * tube + 0.5 * seam);
    float all = by_wall + by_panel + brushed;
    float cold = by_wall * cool + by_panel * other + brushed * (0.5 * corner + 0.3 * drop);
    color += lin(primary) * (all - cold + 0.6 * glow) + lin(accent) * (cold + 0.65 * ringing);
    color += lin(light) * (0.4 * glow + 0.75 * hoops + 0.4 * sparks + 0.35 * ringing);

    // Distance: fog takes the walls, a glow waits at the end.
    vec3 end = mix(lin(primary), lin(accent), 0.35 + 0.3 * build);
    color *= fog * 1.5;
    color += end * (1.0 - fog) * (1.0 - fog) * (0.09 + 0.16 * energy + 0.1 * bass + 0.1 * drop);
    float core = fade(flat_radius * (30.0 - 4.0 * bass - 8.0 * drop));
    color += mix(end, lin(light), 0.5) * core * (0.25 + 0.5 * energy + 0.25 * kick + 0.4 * build);
    vec2 rim = isf_FragNormCoord - 0.5;
    color *= 1.0 - 0.8 * dot(rim, rim);
    gl_FragColor = vec4(develop(color), 1.0);
}
