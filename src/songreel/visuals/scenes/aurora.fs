/*{
  "DESCRIPTION": "Northern lights over a mountain lake: curtains of light that fold and run with the music, mirrored in still water.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Places"],
  "SONGREEL": {
    "family": "places",
    "energy": [0.0, 0.75],
    "moods": ["calm", "dreamy", "cold", "wonder"],
    "words": {
      "en": ["aurora", "northern lights", "polar", "night sky", "lake", "winter"],
      "zh": ["极光", "北极光", "夜空", "湖", "冬夜"]
    },
    "resolution": 0.45
  },
  "INPUTS": [
    {"NAME": "curtains", "LABEL": "Height of the curtains", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "speed", "LABEL": "Speed", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "forest", "LABEL": "Forest", "TYPE": "float", "DEFAULT": 0.6, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beatCount", "LABEL": "Beats so far", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 100000.0},
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
  ],
  "PASSES": [
    {"TARGET": "veil", "WIDTH": "$WIDTH/4", "HEIGHT": "$HEIGHT/4", "FLOAT": true},
    {"TARGET": "land", "WIDTH": "$WIDTH", "HEIGHT": "1", "FLOAT": true},
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

const float SHORE = 0.25;   // the share of the height below the waterline

// Outlines that depend on the column alone: far range, near range, trees; heights above the waterline.
float outline(float x, int row) {
    float at = x + seed * 2.71 + float(row) * 40.0;
    if (row == 0) {
        float peaks = 1.0 - abs(2.0 * noise(vec2(at * 2.1, 3.5)) - 1.0);
        return 0.05 + 0.2 * peaks * peaks + 0.05 * noise(vec2(at * 9.0, 7.5)) + 0.016 * noise(vec2(at * 37.0, 9.5));
    }
    if (row == 1) {
        float hill = noise(vec2(at * 1.3, 11.5));
        return 0.02 + 0.11 * hill + 0.02 * noise(vec2(at * 11.0, 13.5)) + 0.008 * noise(vec2(at * 90.0, 1.5));
    }
    float best = 0.0;
    float shore = 0.012 + 0.03 * ramp(0.35, 0.8, noise(vec2(at * 1.7, 17.5)));
    for (int i = 0; i < 5; i++) {
        float cell = floor(at * 34.0) + float(i - 2);
        ivec2 id = ivec2(int(cell), 77);
        float grove = ramp(0.75 - 0.6 * forest, 0.85, noise(vec2(cell * 0.06, 19.5)));
        float tall = (0.03 + 0.12 * hash(id) * hash(id + ivec2(3, 9))) * grove;
        float from = abs(at - (cell + 0.2 + 0.6 * hash(id + ivec2(5, 1))) / 34.0);
        float branch = 1.0 - 0.25 * fract((tall - from * 5.5) * 110.0);
        best = max(best, tall - from * 6.0 * (0.8 + 0.4 * branch));
    }
    return shore + max(best, 0.0);
}

// Light collected along a line of sight through two folded ribbons that stand high above the ground.
vec3 curtain(vec2 sky, float span) {
    float clock = TIME * 0.02 * (0.4 + speed) + travel * 0.04 * (0.4 + speed);
    float lift = sky.y / span * 0.8 + 0.12;
    vec2 ray = vec2(sky.x, 0.8) / lift;
    vec3 low = lin(accent);
    vec3 high = mix(lin(primary), lin(shade), 0.25);
    vec3 rim = lin(accent) * 0.7 + lin(light) * 0.25;
    vec3 sum = vec3(0.0);
    float reach = (0.5 + 0.5 * curtains + 0.25 * energy + 0.2 * build) / 18.0;
    float start = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
    for (int i = 0; i < 18; i++) {
        float s = (float(i) + start) / 18.0;
        vec2 at = ray * (1.0 + (float(i) + start) * reach * 0.9);
        float sway = noise(vec2(at.x * 0.35 + seed * 1.7, at.y * 0.5 + clock)) - 0.5;
        float fold = noise(vec2(at.x * 0.9 - clock * 2.0, at.y * 0.8 + seed)) - 0.5;
        float near = at.y - 1.75 - 1.5 * sway - 0.7 * fold;
        float next = near - 1.3 - 2.0 * fold + sway;
        float rays = noise(vec2((at.x + sway * 2.0) * 7.0, clock * 6.0));
        float band = max(1.0 - abs(near) * 6.0, 0.0) + 0.6 * max(1.0 - abs(next) * 3.6, 0.0);
        vec3 tint = mix(low, high, clamp(s * (2.0 + drop) - 0.35, 0.0, 1.0));
        tint += rim * max(1.0 - s * 6.0, 0.0) * (0.4 + 0.5 * kick);
        sum += tint * (band * (0.25 + rays * rays * (1.5 + 1.5 * snare)) * (1.0 - s) * (1.0 - s) * min(s * 7.0, 1.0));
    }
    float far = ramp(0.0, 0.12, sky.y) * (1.0 - 0.6 * ramp(0.6 * span, span, sky.y));
    return sum * far * (0.22 + 0.4 * energy + 0.1 * level + 0.1 * bass + 0.1 * drop);
}

void main() {
    float aspect = RENDERSIZE.x / RENDERSIZE.y;
    vec2 place = isf_FragNormCoord;
    if (PASSINDEX == 1) {
        aspect = IMG_SIZE(veil).x / IMG_SIZE(veil).y;
    }
    vec2 canvas = vec2(aspect, 1.0) / min(aspect, 1.0);
    float span = canvas.y * (1.0 - SHORE);
    float across = (place.x - 0.5) * canvas.x;
    if (PASSINDEX == 0) {
        gl_FragColor = vec4(curtain(vec2(across, place.y * span), span), 1.0);
    } else if (PASSINDEX == 1) {
        vec3 heights = vec3(outline(across, 0), outline(across, 1), outline(across, 2));
        gl_FragColor = vec4(heights * mix(1.0, span / 0.75, 0.5), 1.0);
    } else {
        float up = (place.y - SHORE) * canvas.y;
        float wet = step(up, 0.0);
        float depth = max(-up, 0.0);
        float ripple = noise(vec2(across * 14.0 / (0.4 + depth * 3.0), 9.0 / (depth + 0.06) + TIME * 0.35)) - 0.5;
        float shake = wet * ripple * (0.006 + 0.05 * depth) * (1.0 + 0.8 * bass);
        float y = abs(up) * mix(1.0, 1.12, wet) + shake * 1.5;
        float x = across + shake * 0.5;
        float rise = clamp(y / span, 0.0, 1.0);

        vec3 color = mix(mix(lin(shade), lin(accent), 0.12) * 0.5, lin(ink) * 0.45, ramp(0.0, 0.55, rise));
        vec2 grid = vec2(x, y) * 46.0 + vec2(seed, 0.0);
        vec2 cell = floor(grid);
        float chance = hash(ivec2(cell));
        vec2 off = fract(grid) - 0.5 - 0.5 * (fract(vec2(chance * 57.0, chance * 91.0)) - 0.5);
        float dot_size = 0.5 + 46.0 * canvas.x / RENDERSIZE.x;
        float star = max(1.0 - dot(off, off) / (0.012 * dot_size * dot_size), 0.0) * ramp(0.7, 1.0, chance);
        star *= 0.45 + 0.3 * hash(ivec2(cell) + 7) + hat * 0.8 * step(0.5, fract(chance * 31.0 + beatCount * 0.37));
        color += lin(light) * star * 1.6 * (1.0 - wet * 0.85) * ramp(0.0, 0.25, rise);
        vec3 glow = IMG_NORM_PIXEL(veil, vec2(place.x + shake * 0.5 / canvas.x, rise)).rgb;
        color += glow;

        float px = canvas.x / RENDERSIZE.x;
        float soft = 1.0 / (px * 1.2 + wet * (0.004 + 0.02 * depth));
        int column = clamp(int(gl_FragCoord.x + shake * 0.5 / px), 0, int(RENDERSIZE.x) - 1);
        vec3 solid = clamp((texelFetch(land, ivec2(column, 0), 0).rgb - y) * soft + 0.5, 0.0, 1.0);
        vec3 haze = mix(lin(shade), lin(accent), 0.35) * (0.16 + 0.2 * energy + 0.12 * bass);
        color = mix(color, lin(ink) * 0.35 + haze * (0.13 + 0.5 * fade(y * 22.0)), solid.x);
        color = mix(color, lin(ink) * 0.25 + haze * (0.03 + 0.4 * fade(y * 50.0)), solid.y);
        color = mix(color, lin(ink) * 0.16, solid.z);
        float mist = fade(abs(up) * 55.0) * (0.3 + 0.3 * noise(vec2(across * 3.0 + TIME * 0.03, up * 12.0)));
        color = mix(color, color * (0.62 + 0.5 * ripple * ramp(0.0, 0.05, depth)) + lin(ink) * 0.06, wet);
        color += haze * mist * (1.0 + 0.5 * kick);
        vec2 frame = place - 0.5;
        color *= 1.0 - 0.5 * dot(frame, frame);
        gl_FragColor = vec4(develop(color), 1.0);
    }
}
