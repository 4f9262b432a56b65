/*{
  "DESCRIPTION": "A low sun over the sea: its path breaks on the swell, clouds lie in bands, a coast fades into haze.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Places"],
  "SONGREEL": {
    "family": "places",
    "energy": [0.0, 0.7],
    "moods": ["calm", "warm", "longing", "open"],
    "words": {
      "en": ["ocean", "sea", "sunset", "dusk", "beach", "waves", "summer"],
      "zh": ["海", "大海", "日落", "黄昏", "海浪", "夏天"]
    },
    "resolution": 0.45
  },
  "INPUTS": [
    {"NAME": "swell", "LABEL": "Swell", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "clouds", "LABEL": "Clouds", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "size", "LABEL": "Size of the sun", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "LABEL": "Bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "kick", "LABEL": "Kick", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "hat", "LABEL": "Hi-hat", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "level", "LABEL": "Loudness", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "energy", "LABEL": "Section energy", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "build", "LABEL": "Build-up", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "drop", "LABEL": "Drop", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "travel", "LABEL": "Travel", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 36000.0},
    {"NAME": "seed", "LABEL": "Seed", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1000.0},
    {"NAME": "ink", "LABEL": "Ink", "TYPE": "color", "DEFAULT": [0.078, 0.071, 0.149, 1.0]},
    {"NAME": "shade", "LABEL": "Shade", "TYPE": "color", "DEFAULT": [0.29, 0.165, 0.333, 1.0]},
    {"NAME": "primary", "LABEL": "Primary", "TYPE": "color", "DEFAULT": [0.91, 0.392, 0.247, 1.0]},
    {"NAME": "accent", "LABEL": "Accent", "TYPE": "color", "DEFAULT": [0.969, 0.706, 0.353, 1.0]},
    {"NAME": "light", "LABEL": "Light", "TYPE": "color", "DEFAULT": [1.0, 0.953, 0.863, 1.0]}
  ],
  "PASSES": [
    {"TARGET": "heaven", "WIDTH": "$WIDTH/3", "HEIGHT": "$HEIGHT/3", "FLOAT": true},
    {"TARGET": "sea", "WIDTH": "$WIDTH", "HEIGHT": "$HEIGHT*0.42"},
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

const float SEA = 0.42;   // the share of the height below the horizon

vec2 sun_place(vec2 canvas) {
    float aside = (fract(seed * 0.618) - 0.5) * 0.5 * canvas.x;
    return vec2(aside, 0.02 + 0.16 * fract(seed * 0.755) + 0.02 * build);
}

float sun_radius() {
    return 0.045 + 0.07 * size;
}

// The sky without the disc, at a height above the horizon.
vec3 sky(vec2 at, vec2 orb, float room) {
    float high = clamp(at.y / room, 0.0, 1.0);
    vec2 off = at - orb;
    float far = length(off * vec2(0.75, 1.0));
    float warm = 0.55 + 0.45 * energy;
    vec3 low = mix(lin(primary), lin(accent), 0.35) * (0.75 * warm + 0.2 * bass);
    vec3 color = mix(low, lin(shade) * 0.9, ramp(0.0, 0.42, high));
    color = mix(color, mix(lin(ink), lin(shade), 0.3) * 0.6, ramp(0.3, 1.0, high));
    color *= 0.55 + 0.55 * fade(abs(off.x) * 1.4);
    color += mix(lin(accent), lin(light), 0.25) * fade(far * 9.0) * (0.42 + 0.3 * energy + 0.22 * kick + 0.2 * drop);
    return color + lin(primary) * fade(far * 3.4) * (0.22 + 0.2 * bass + 0.15 * energy);
}

// Height of the coast far away, on one side or the other.
float cape_at(float x, float wide) {
    float along = x * (fract(seed * 0.377) > 0.5 ? 1.0 : -1.0) + 0.5 * wide;
    float rocky = noise(vec2(along * 7.0 + seed, 3.5)) * 0.7 + noise(vec2(along * 19.0 + seed, 8.5)) * 0.3;
    return (0.02 + 0.09 * rocky) * clamp(1.2 - along * 2.7 / wide - 0.12 * rocky, 0.0, 1.0);
}

// Bands of cloud, lit from below near the sun.
vec3 clouded(vec2 at, vec2 orb, float room) {
    vec3 color = sky(at, orb, room);
    float high = max(at.y, 0.0) / room;
    float drift = TIME * 0.006 + travel * 0.006;
    float flat_y = 2.2 * log2(1.0 + 6.0 * high) + seed;
    vec2 p = vec2(at.x * 1.5 + drift + seed * 3.1, flat_y * 2.4);
    vec2 bend = vec2(noise(p * 0.8 + 7.0), noise(p * 1.7 + drift)) - 0.5;
    float body = noise(p + bend * 1.3) * 0.5 + noise(p * vec2(2.2, 2.6) + bend) * 0.27 + noise(p * vec2(5.0, 6.1) - bend) * 0.15 + noise(p * vec2(11.0, 14.0)) * 0.08;
    float cover = ramp(0.68 - 0.32 * clouds, 0.95 - 0.22 * clouds, body) * ramp(0.0, 0.06, high);
    float edge = cover * (1.0 - cover) * 4.0;
    float near = fade(length((at - orb) * vec2(0.8, 1.0)) * 3.0);
    vec3 dark = mix(lin(ink) * 0.7, lin(shade), 0.55) * (0.35 + 0.4 * near) + lin(primary) * near * 0.25;
    vec3 rim = mix(lin(primary), lin(accent), near) * edge * (0.12 + 0.75 * near) * (0.6 + 0.6 * energy);
    return mix(color, dark, cover * 0.75) + rim;
}

void main() {
    vec2 place = isf_FragNormCoord;
    float aspect = RENDERSIZE.x / RENDERSIZE.y;
    if (PASSINDEX == 1) {
        aspect *= SEA;
        place.y *= SEA;
    } else if (PASSINDEX == 0) {
        place.y = SEA + place.y * (1.0 - SEA);
    }
    vec2 canvas = vec2(aspect, 1.0) / min(aspect, 1.0);
    vec2 uv = (place - vec2(0.5, SEA)) * canvas;
    float room = canvas.y * (1.0 - SEA);
    float px = canvas.x / RENDERSIZE.x;
    vec2 orb = sun_place(canvas);
    if (PASSINDEX == 0) {
        gl_FragColor = vec4(sqrt(clouded(uv, orb, room)), 1.0);
    } else if (PASSINDEX == 1) {
        // Three trains of swell in perspective; each pixel's slope decides which piece of sky it mirrors.
        float down = max(-uv.y, px * 0.6);
        float depth = 0.16 / down;
        vec2 ground = vec2((uv.x - orb.x * 0.4) * depth * 6.0 + seed, depth * 6.0);
        float clock = TIME * 0.35 + travel * 0.3;
        float fine = 1.0 / (1.0 + depth * depth * 0.02);
        float a = noise(vec2(ground.x * 0.55 + clock * 0.3, ground.y * 1.1 - clock * 0.6));
        float b = noise(vec2(ground.x * 1.3 - clock * 0.4 + a, ground.y * 2.6 - clock * 1.1));
        float c = noise(vec2(ground.x * 3.4 + clock * 0.7, ground.y * 6.5 - clock * 1.7 + b));
        float d = noise(vec2(ground.x * 8.0 - clock, ground.y * 15.0 - clock * 2.6 + c * 2.0));
        float roll = 0.5 + swell + 0.5 * bass;
        float slope = ((a - 0.5) * 0.8 * roll + (b - 0.5) * 0.8 * roll + (c - 0.5) * 0.6 + (d - 0.5) * 0.45 * fine) * 1.2;
        float tilt = slope * (0.45 + 0.35 * fine);
        vec2 mirror = vec2(uv.x + (b - 0.5) * 0.12 * down, clamp(down * 0.9 + abs(tilt) * 0.32, 0.0, room));
        vec3 color = sky(mirror, orb, room) * (0.42 + 0.3 * fade(down * 6.0));
        color = mix(color, mix(lin(ink) * 0.45, lin(shade), 0.22), clamp(0.62 * (1.0 - fade(down * 5.0)) - slope * 0.55, 0.0, 0.85));
        float wide = sun_radius() * 0.8 + down * (0.34 + 0.12 * roll);
        float path = fade(abs(uv.x - orb.x) / wide * 2.3);
        float facet = clamp(slope * 2.2 + 0.25 + 0.55 * path - 0.16, 0.0, 1.0);
        float glitter = path * path * facet * facet * 2.6;
        float glint = ramp(0.74, 0.95, d * (0.55 + 0.45 * c) + 0.24 * path) * path * fine;
        vec3 gold = mix(lin(accent), lin(light), 0.3 + 0.4 * path);
        color += gold * glitter * (0.4 + 0.35 * energy + 0.4 * kick + 0.25 * level) + lin(light) * glint * (0.3 + 1.6 * hat);
        color += mix(lin(primary), lin(accent), 0.5) * fade(down * 60.0) * 0.22 * (1.0 + kick);
        // The coast of the column, for the pixels above.
        gl_FragColor = vec4(sqrt(color), cape_at(uv.x, canvas.x) * 6.0);
    } else {
        int edge = int(IMG_SIZE(sea).y);
        ivec2 at = ivec2(gl_FragCoord.xy);
        vec4 water = texelFetch(sea, ivec2(at.x, min(at.y, edge - 1)), 0);
        vec3 above = IMG_NORM_PIXEL(heaven, vec2(place.x, uv.y / room)).rgb;
        float radius = sun_radius() * (1.0 + 0.03 * kick);
        float far = length(uv - orb);
        float disc = clamp((radius - far) / (px * 1.6) + 0.5, 0.0, 1.0);
        float lit = (orb.y + radius - uv.y) / (2.0 * radius);
        vec3 ball = mix(lin(light), mix(lin(accent), lin(primary), 0.25), clamp(lit * 0.85, 0.0, 1.0)) * 1.7;
        above *= above;
        above = mix(above, ball, disc * (1.0 - 0.4 * clamp(1.0 - above.g * 3.0, 0.0, 1.0)));

        // A coast far away.
        float cape = water.a * (1.0 / 6.0);
        float coast = clamp((cape - uv.y) / (px * 1.5) + 0.5, 0.0, 1.0) * clamp(cape * 200.0, 0.0, 1.0);
        vec3 land = mix(lin(ink) * 0.5, lin(shade), 0.35) + lin(primary) * 0.12 * fade(uv.y * 40.0);
        above = mix(above, land * 0.7, coast * 0.92);
        vec3 color = at.y < edge ? water.rgb * water.rgb : above;
        color += mix(lin(primary), lin(accent), 0.4) * fade(abs(uv.y) * 70.0) * (0.1 + 0.12 * bass);
        vec2 frame = place - 0.5;
        gl_FragColor = vec4(develop(color * (1.0 - 0.6 * dot(frame, frame))), 1.0);
    }
}
