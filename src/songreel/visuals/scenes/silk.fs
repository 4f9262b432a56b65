/*{
  "DESCRIPTION": "Sheets of silk in slow air: folds of light slide over each other and lift with the bass.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Abstract"],
  "SONGREEL": {
    "family": "abstract",
    "energy": [0.0, 0.85],
    "moods": ["elegant", "calm", "sensual", "dreamy"],
    "words": {
      "en": ["silk", "waves", "ribbons", "flow", "smooth", "elegant", "abstract"],
      "zh": ["丝绸", "波浪", "绸带", "流动", "优雅", "抽象"]
    },
    "resolution": 0.52
  },
  "INPUTS": [
    {"NAME": "speed", "LABEL": "Speed", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "folds", "LABEL": "Folds", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "sheen", "LABEL": "Sheen", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "LABEL": "Bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
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
    {"TARGET": "edges", "WIDTH": "$WIDTH", "HEIGHT": "2", "FLOAT": true},
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

// Upper edge of a sheet at a place along the picture, from its middle.
float edge(float x, int sheet) {
    float i = float(sheet);
    float clock = (TIME * 0.022 + travel * 0.045) * (0.3 + 1.4 * speed);
    float own = hash(ivec2(sheet * 3 + 1, int(seed) * 7));
    float wave = sway(x * (0.32 + 0.1 * own) + clock * (0.5 + own) + own * 5.0 + i * 0.13);
    float ripple = sway(x * (0.7 + 0.5 * own) - clock * (1.1 - own * 0.5) + own * 9.0 + 0.12 * wave);
    float fine = sway(x * (1.6 + own) + clock * 1.7 + own * 3.0 + 0.2 * ripple);
    float lift = 0.75 + 0.35 * bass + 0.2 * drop;
    return 0.42 - i * 0.115 + (0.19 * wave + (0.03 + 0.07 * folds) * ripple + (0.005 + 0.02 * folds) * fine * (1.0 + snare)) * lift;
}

// An edge and its slope in one number: the slope in whole steps of 1/128, the height in what is left.
float packed(float x, int sheet) {
    float high = edge(x, sheet);
    float slope = (edge(x + 0.01, sheet) - high) * 100.0;
    return floor(clamp(slope * 128.0 + 512.0, 0.0, 1023.0)) + clamp(high * 0.5 + 0.4, 0.0, 0.9999);
}

// The sheet nearest to the viewer so far at a place: how far below its edge (x), its slope (y), its dye (z), and how much
// light is left by the shadows of nearer sheets that end lower (w).
vec4 nearer(vec4 front, float under, float slope, float dye, float soft) {
    float shadow = 1.0 - 0.4 * clamp(1.0 + under * 9.0, 0.0, 1.0);
    return under > -soft ? vec4(under, slope, dye, 1.0) : vec4(front.xyz, front.w * shadow);
}

// A fold is bright where it turns towards the lamp, and falls into its own shadow.
vec3 cloth(vec4 sheet, vec2 lit) {
    float under = sheet.x;
    float slope = sheet.y;
    vec3 rose = mix(lin(primary), lin(shade), 0.35);
    vec3 dusk = mix(lin(shade), lin(primary), 0.18);
    vec3 cool = mix(lin(accent), lin(shade), 0.5);
    vec3 dye = sheet.z < 0.5 ? rose : (sheet.z < 1.5 ? dusk : cool);
    float turned = clamp(0.45 + slope * 0.75, 0.0, 1.0);
    float depth = clamp(under * (3.4 - 0.8 * bass), 0.0, 1.0);
    vec3 body = dye * (lit.x * (0.12 + turned * turned * 1.05) * (1.0 - 0.85 * depth)) + lin(ink) * (0.25 * depth);
    float gloss = max(1.0 - abs(under - 0.03 - 0.02 * slope) * 14.0, 0.0) * turned;
    float rim = max(1.0 - under * (0.16 * lit.y), 0.0);
    float shine = gloss * gloss * turned * sheen * (0.5 + 0.5 * energy + 0.6 * snare);
    shine += rim * rim * (0.15 + 0.6 * turned) * (0.35 + 0.4 * energy + 0.5 * hat);
    return body + (dye + lin(light)) * (0.55 * shine);
}

void main() {
    vec2 place = isf_FragNormCoord;
    if (PASSINDEX == 0) {
        int first = int(gl_FragCoord.y) * 4;
        float x = place.x * 1.5;
        gl_FragColor = vec4(packed(x, first), packed(x, first + 1), packed(x, first + 2), packed(x, first + 3));
    } else {
        vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
        float px = 1.0 / RENDERSIZE.y;
        float lean = 0.22 * (fract(seed * 0.618) - 0.5);
        float y = place.y - 0.5 + (place.x - 0.5) * lean;
        int column = int(gl_FragCoord.x);
        vec4 high = texelFetch(edges, ivec2(column, 0), 0);
        vec4 low = texelFetch(edges, ivec2(column, 1), 0);
        vec4 high_slope = floor(high);
        vec4 low_slope = floor(low);
        high = (high - high_slope) * 2.0 - (0.8 + y);
        low = (low - low_slope) * 2.0 - (0.8 + y);
        high_slope = high_slope * (1.0 / 128.0) - 4.0;
        low_slope = low_slope * (1.0 / 128.0) - 4.0;

        // From far to near; the two nearest sheets are drawn, since no more can be told behind them.
        float soft = px * 0.7;
        vec4 front = vec4(-9.0, 0.0, 0.0, 1.0);
        vec4 behind = front;
        behind = high.x > -soft ? front : behind;
        front = nearer(front, high.x, high_slope.x, 0.0, soft);
        behind = high.y > -soft ? front : behind;
        front = nearer(front, high.y, high_slope.y, 1.0, soft);
        behind = high.z > -soft ? front : behind;
        front = nearer(front, high.z, high_slope.z, 2.0, soft);
        behind = high.w > -soft ? front : behind;
        front = nearer(front, high.w, high_slope.w, 0.0, soft);
        behind = low.x > -soft ? front : behind;
        front = nearer(front, low.x, low_slope.x, 1.0, soft);
        behind = low.y > -soft ? front : behind;
        front = nearer(front, low.y, low_slope.y, 2.0, soft);
        behind = low.z > -soft ? front : behind;
        front = nearer(front, low.z, low_slope.z, 0.0, soft);
        behind = low.w > -soft ? front : behind;
        front = nearer(front, low.w, low_slope.w, 1.0, soft);

        float lamp = fade(length((place - vec2(0.3 + 0.4 * fract(seed * 0.377), 0.75)) * canvas) * 2.2);
        vec3 wall = mix(lin(ink) * 0.35, lin(shade) * 0.8, lamp) + lin(primary) * lamp * (0.05 + 0.12 * energy);
        vec2 lit = vec2(0.55 + 0.45 * energy + 0.24 * kick, 0.7 / px);
        vec3 color = (behind.x > -1.0 ? cloth(behind, lit) : wall) * behind.w;
        float shadow = 1.0 - 0.4 * clamp(1.0 + front.x * 9.0, 0.0, 1.0);
        float cover = clamp(front.x * lit.y + 0.5, 0.0, 1.0);
        color = front.x > -1.0 ? mix(color * shadow, cloth(front, lit), cover * 0.94) : wall;
        color = color * front.w + lin(accent) * lamp * lamp * (0.04 + 0.2 * kick + 0.15 * drop);
        vec2 frame = place - 0.5;
        gl_FragColor = vec4(develop(color * (1.1 - 0.8 * dot(frame, frame))), 1.0);
    }
}
