/*{
  "DESCRIPTION": "The cover as a framed print on a wall; window light and the shadow of a plant wander over it with the song.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Cover"],
  "SONGREEL": {
    "family": "cover",
    "energy": [0.0, 0.7],
    "moods": ["warm", "intimate", "calm", "acoustic"],
    "words": {
      "en": ["wall", "print", "frame", "gallery", "poster", "room", "sunlight"],
      "zh": ["墙", "挂画", "相框", "展览", "房间", "阳光"]
    },
    "resolution": 0.57
  },
  "INPUTS": [
    {"NAME": "cover", "LABEL": "Cover", "TYPE": "image"},
    {"NAME": "print", "LABEL": "Size of the print", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "window", "LABEL": "Window light", "TYPE": "float", "DEFAULT": 0.6, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "leaves", "LABEL": "Leaves", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "LABEL": "Bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "kick", "LABEL": "Kick", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "snare", "LABEL": "Snare", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "hat", "LABEL": "Hi-hat", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "level", "LABEL": "Loudness", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "energy", "LABEL": "Section energy", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "drop", "LABEL": "Drop", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "travel", "LABEL": "Travel", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 36000.0},
    {"NAME": "seed", "LABEL": "Seed", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1000.0},
    {"NAME": "ink", "LABEL": "Ink", "TYPE": "color", "DEFAULT": [0.11, 0.09, 0.071, 1.0]},
    {"NAME": "shade", "LABEL": "Shade", "TYPE": "color", "DEFAULT": [0.353, 0.275, 0.212, 1.0]},
    {"NAME": "primary", "LABEL": "Primary", "TYPE": "color", "DEFAULT": [0.788, 0.455, 0.31, 1.0]},
    {"NAME": "accent", "LABEL": "Accent", "TYPE": "color", "DEFAULT": [0.878, 0.69, 0.439, 1.0]},
    {"NAME": "light", "LABEL": "Light", "TYPE": "color", "DEFAULT": [1.0, 0.957, 0.886, 1.0]}
  ],
  "PASSES": [
    {"TARGET": "lamp", "WIDTH": "$WIDTH/3", "HEIGHT": "$HEIGHT/3", "FLOAT": true},
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

float box(vec2 at, vec2 size) {
    vec2 q = abs(at) - size;
    return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0);
}

// The distance to a square's sides, good enough where only its edge is drawn.
float square(vec2 at, float side) {
    return max(abs(at.x), abs(at.y)) - side;
}

// What hangs in the frame when there is no cover: discs and bands in the palette's colors.
vec3 poster(vec2 at, float px) {
    vec3 color = mix(lin(light) * 0.8, lin(accent), 0.12);
    vec2 sun = vec2(0.3 + 0.4 * fract(seed * 0.618), 0.62);
    color = mix(color, lin(primary), clamp((0.2 + 0.08 * fract(seed * 0.377) - length(at - sun)) / px + 0.5, 0.0, 1.0));
    float first = 0.36 + 0.08 * sway(at.x * 0.6 + seed * 0.23);
    float second = 0.24 + 0.07 * sway(at.x * 0.8 + seed * 0.41 + 0.3);
    float third = 0.11 + 0.05 * sway(at.x * 0.7 + seed * 0.57 + 0.6);
    color = mix(color, lin(accent), clamp((first - at.y) / px + 0.5, 0.0, 1.0));
    color = mix(color, lin(shade), clamp((second - at.y) / px + 0.5, 0.0, 1.0));
    return mix(color, lin(ink), clamp((third - at.y) / px + 0.5, 0.0, 1.0));
}

float chance(int i) {
    return hash(ivec2(i + 1, int(seed) * 7));
}

// Where a leaf is rooted, and which way it points.
vec4 stem(int i) {
    float own = chance(i);
    float stir = TIME * 0.03 + travel * 0.05;
    float turn = 0.9 + (float(i) - 4.0) * 0.3 + 0.5 * (own - 0.5) + (0.06 + 0.1 * bass) * sway(stir * (0.5 + own) + own) + 0.04 * kick;
    return vec4(0.5 + 0.1 * (own - 0.5), -0.62 + 0.1 * fract(own * 7.0), cos(turn), sin(turn));
}

// How far a leaf is bent, how long it is, and how wide.
vec3 blade(int i) {
    float own = chance(i);
    return vec3(0.5 * (own - 0.3), 0.45 + 0.45 * fract(own * 13.0), 0.26 * (0.55 + 0.5 * own));
}

float leaf(vec2 p, float blur, vec4 lie, vec3 look) {
    vec2 q = p - lie.xy;
    q = vec2(-q.x * lie.z + q.y * lie.w, q.x * lie.w + q.y * lie.z);
    q.y += look.x * q.x * q.x;
    float t = clamp(q.x / look.y, 0.0, 1.0);
    float wide = look.z * t * (1.0 - t) + 0.004;
    return ramp(blur * 0.9, -blur * 0.5, abs(q.y) - wide) * step(0.0, q.x) * step(q.x, look.y);
}

void main() {
    vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    float px = canvas.x / RENDERSIZE.x;
    vec2 uv = (isf_FragNormCoord - 0.5) * canvas;
    float lean = fract(seed * 0.618) > 0.5 ? 1.0 : -1.0;
    if (PASSINDEX == 0) {
        // Light through a window of six panes, softer with distance, and leaves that stir before it.
        float slow = TIME * 0.004 + travel * 0.004;
        vec2 p = uv * vec2(lean, 1.0) + vec2(0.12 + 0.3 * sway(slow + seed * 0.19), -0.03 + 0.08 * sway(slow * 0.7 + seed * 0.31));
        p = vec2(p.x + p.y * 0.42, p.y - p.x * 0.2) / (0.75 + 0.45 * canvas.y * 0.5);
        float blur = 0.022 + 0.02 * clamp(0.5 - p.y, 0.0, 1.0);
        vec2 pane = vec2(abs(abs(p.x) - 0.19), 0.0);
        float across = ramp(0.175 + blur, 0.175 - blur, pane.x);
        float row = abs(fract(p.y * 2.6 + 0.5) - 0.5);
        float up = ramp(0.04 - blur, 0.04 + blur * 1.5, 0.5 - row) * ramp(0.6 + blur, 0.6 - blur, abs(p.y));
        float pool = across * up;
        float shadow = max(leaf(p, blur, stem(0), blade(0)), leaf(p, blur, stem(1), blade(1)));
        shadow = max(shadow, max(leaf(p, blur, stem(2), blade(2)), leaf(p, blur, stem(3), blade(3))));
        shadow = max(shadow, max(leaf(p, blur, stem(4), blade(4)), leaf(p, blur, stem(5), blade(5))));
        shadow = max(shadow, max(leaf(p, blur, stem(6), blade(6)), leaf(p, blur, stem(7), blade(7))));
        shadow = max(shadow, leaf(p, blur, stem(8), blade(8)));
        pool *= 1.0 - 0.85 * shadow * ramp(0.0, 0.4, leaves);
        float room = fade(length(uv - vec2(-0.3 * lean, 0.25)) * 1.5);
        gl_FragColor = vec4(pool, room, shadow, 1.0);
    } else {
        float given = step(2.0, IMG_SIZE(cover).x);
        vec4 lit = IMG_NORM_PIXEL(lamp, isf_FragNormCoord);
        float grain = hash(ivec2(gl_FragCoord.xy * 0.5)) - 0.5;
        vec3 plaster = mix(lin(shade), mix(lin(light), lin(accent), 0.25), 0.28) * (1.0 + 0.04 * grain);
        vec3 sun = mix(mix(lin(light), lin(accent), 0.55), lin(primary), 0.12);
        float strong = window * (0.85 + 0.75 * energy + 0.25 * bass + 0.3 * kick + 0.35 * drop);
        vec3 dim = mix(lin(ink), lin(shade), 0.5) * 0.35 + vec3(0.16 + 0.3 * lit.y);
        vec3 lamp_light = dim * (0.62 + 0.2 * energy + 0.15 * level) + sun * (lit.x * strong);

        float side = 0.22 + 0.08 * print + 0.04 * max(canvas.y - 1.0, 0.0);
        vec2 q = uv - vec2(0.0, 0.03 + 0.02 * max(canvas.y - 1.0, 0.0));
        float mat_side = side * 1.26;
        float frame_side = mat_side + 0.016;
        float fall = max(box(q - vec2(0.022 * lean, -0.03), vec2(frame_side)), 0.0);
        vec3 color = plaster * lamp_light * (1.0 - 0.62 * fade(fall * 30.0));

        // Frame of dark wood, mat, and the print itself; the glass gives back a little of the window.
        float outer = square(q, frame_side);
        float bevel = clamp((q.x * lean * -1.0 + q.y) * 2.2 + 0.5, 0.0, 1.0);
        vec3 wood = mix(lin(ink) * 0.5, lin(shade) * 0.6, 0.25 + 0.5 * bevel) * lamp_light * 1.1;
        color = mix(color, wood, clamp(-outer / px + 0.5, 0.0, 1.0));
        float inner = square(q, mat_side);
        vec3 card = mix(lin(light), lin(accent), 0.06) * lamp_light * 0.82;
        card *= 1.0 - 0.3 * fade(max(-inner, 0.0) * 90.0);
        color = mix(color, card, clamp(-inner / px + 0.5, 0.0, 1.0));
        vec2 face = q / (2.0 * side) + 0.5;
        vec3 shown = IMG_NORM_PIXEL(cover, face).rgb;
        shown = mix(poster(face, px / (2.0 * side)), shown * shown, given);
        float print_edge = square(q, side);
        vec3 printed = shown * (vec3(0.5) + lamp_light * 0.75);
        color = mix(color, printed, clamp(-print_edge / px + 0.5, 0.0, 1.0));
        float gleam = fade(abs(face.x * 0.7 - face.y * 0.6 * lean + 0.3 * sway(TIME * 0.006 + travel * 0.01) - 0.1) * 9.0);
        color += sun * gleam * clamp(-inner / px + 0.5, 0.0, 1.0) * (0.015 + 0.05 * snare);

        // Dust in the sunlight.
        vec2 grid = uv * 15.0 + vec2(TIME * 0.05, -TIME * 0.04);
        vec2 cell = floor(grid);
        float own = hash(ivec2(cell) + int(seed));
        vec2 spot = grid - cell - 0.25 - 0.5 * fract(vec2(own * 57.0, own * 91.0));
        color += sun * max(1.0 - dot(spot, spot) * 260.0, 0.0) * step(0.7, own) * lit.x * (0.06 + 0.5 * hat);
        vec2 frame = isf_FragNormCoord - 0.5;
        gl_FragColor = vec4(develop(color * (1.12 - 0.9 * dot(frame, frame))), 1.0);
    }
}
