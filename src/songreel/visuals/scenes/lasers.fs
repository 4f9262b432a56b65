/*{
  "DESCRIPTION": "A club from the middle of the crowd: fans of laser light sweep through smoke and answer the drums.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Space"],
  "SONGREEL": {
    "family": "space",
    "energy": [0.55, 1.0],
    "moods": ["euphoric", "intense", "night", "driving"],
    "words": {
      "en": ["lasers", "club", "festival", "rave", "concert", "stage", "crowd", "party"],
      "zh": ["激光", "夜店", "音乐节", "派对", "舞台", "人群"]
    },
    "resolution": 0.46
  },
  "INPUTS": [
    {"NAME": "beams", "LABEL": "Beams", "TYPE": "float", "DEFAULT": 0.7, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "smoke", "LABEL": "Smoke", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "crowd", "LABEL": "Crowd", "TYPE": "float", "DEFAULT": 0.6, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "speed", "LABEL": "Speed", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "pulse", "LABEL": "Beat pulse", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "LABEL": "Bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "treble", "LABEL": "Treble", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "kick", "LABEL": "Kick", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "snare", "LABEL": "Snare", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
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
    {"TARGET": "air", "WIDTH": "$WIDTH/5", "HEIGHT": "$HEIGHT/5", "FLOAT": true},
    {"TARGET": "people", "WIDTH": "$WIDTH", "HEIGHT": "1", "FLOAT": true},
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

// Which way a beam points, how strong it is, and where its color lies between two. Three fans of three.
vec4 beam(int i) {
    int fan = i / 3;
    float own = hash(ivec2(i + 3, int(seed) * 11));
    float clock = (TIME * 0.02 + travel * 0.06) * (0.3 + 1.4 * speed);
    float sweep = 0.35 * sway(clock + float(fan) * 0.33 + seed * 0.17) + 0.08 * sway(clock * 2.7 + own);
    float spread = (0.62 + 0.5 * sway(clock * 0.6 + float(fan) * 0.5) * (0.4 + 0.6 * energy)) * (1.0 - 0.45 * build);
    float side = fan == 0 ? 0.32 : (fan == 1 ? -0.32 : 0.0);
    float angle = side + (float(i - 3 * fan) - 1.0) * 0.6 * spread + sweep;
    float hit = fan == 0 ? kick : (fan == 1 ? bass : snare);
    float alive = clamp(own + beams * 1.4 - 0.75 + 0.5 * energy, 0.0, 1.0);
    float strong = alive * (0.24 + 0.3 * level + 0.35 * energy + 0.7 * hit + 0.4 * drop) * (0.8 + 0.4 * treble);
    return vec4(sin(angle), (fan == 2 ? -1.0 : 1.0) * cos(angle), strong, fan == 2 ? 1.0 : (own < 0.7 ? 0.0 : 0.55));
}

// A hard core in a soft glow, both weaker far away; two divisions in one. How much of the first hue (x), of the second (y)
// and of white (z).
vec3 shine(vec2 off, vec4 ray, float px) {
    float along = dot(off, ray.xy);
    float aside = abs(off.x * ray.y - off.y * ray.x);
    float wide = px * 1.6 + 0.002 + abs(along) * 0.004;
    float near = aside + 0.011;
    float lit = wide * (1.0 + 1.4 * abs(along));
    float once = along > 0.0 ? ray.z / (lit * near) : 0.0;
    float core = max(wide - aside, 0.0);
    float hard = core * core * near * once / wide;
    float sum = hard * 1.6 + 0.0032 * wide * once;
    return vec3(sum - sum * ray.w, sum * ray.w, hard * core / wide);
}

// A fan of many beams from one lamp, closed while it is quiet: the louder the passage, the more of them are lit.
float comb(vec2 off, int which, float sweep, float loud, float px) {
    float up = max(off.y, 0.02);
    float slope = off.x / up;
    float at = slope * 5.0 + sweep;
    float cell = floor(at);
    float own = hash(ivec2(int(cell), which * 131 + int(seed) * 7));
    float slant = up * inversesqrt(1.0 + slope * slope);
    float aside = abs(at - cell - 0.5) * 0.2 * slant;
    float far = fade((1.0 + slope * slope) * slant * 1.15) * clamp(off.y * 30.0, 0.0, 1.0) * ramp(2.3, 0.9, abs(slope));
    float lit = clamp((loud - own) * 4.0, 0.0, 1.0);
    float core = max(1.0 - aside / (px * 1.5 + 0.0016), 0.0);
    float sheet = max(1.0 - abs(slope) * 0.45, 0.0) * max(loud - 0.35, 0.0);
    return (lit * (core * 0.75 + 0.05 * max(1.0 - aside * 24.0, 0.0)) + 0.16 * sheet) * far;
}

// Heads, shoulders and raised hands against the light: two rows of people.
float crowd_line(float x) {
    float best = 0.12 + 0.015 * sway(x * 1.3 + seed * 0.1);
    for (int row = 0; row < 2; row++) {
        float size = row == 0 ? 0.085 : 0.13;
        for (int k = 0; k < 5; k++) {
            float cell = floor(x / size) + float(k - 2);
            float own = hash(ivec2(int(cell), row * 91 + int(seed) * 5));
            float jump = (0.3 + 0.7 * fract(own * 7.0)) * (0.02 * pulse + 0.015 * bass + 0.01 * energy);
            float off = (x - (cell + 0.5 + 0.4 * (fract(own * 13.0) - 0.5)) * size) / size;
            float high = (row == 0 ? 0.13 : 0.02) + 0.04 * own + jump;
            float head = off / 0.19;
            float body = off / 0.52;
            float raised = (off - (own > 0.5 ? 0.4 : -0.4) + 0.05 * sway(TIME * 0.2 + own * 9.0) * energy) / (0.05 + 0.03 * fract(own * 5.0));
            float top = high + size * 0.3 * sqrt(max(1.0 - body * body, 0.0)) - (abs(body) > 1.0 ? 1.0 : 0.0);
            top = max(top, abs(head) < 1.0 ? high + size * (0.37 + 0.19 * sqrt(1.0 - head * head)) : 0.0);
            float arm = high + size * (0.75 + 0.5 * fract(own * 3.0)) * (0.6 + 0.4 * energy) + jump;
            bool up = abs(raised) < 1.0 && fract(own * 31.0) < 0.1 + 0.45 * energy;
            best = max(max(best, top), up ? arm + size * 0.07 * sqrt(1.0 - raised * raised) : 0.0);
        }
    }
    return best * (0.4 + crowd) * step(0.02, crowd);
}

void main() {
    vec2 place = isf_FragNormCoord;
    float aspect = RENDERSIZE.x / RENDERSIZE.y;
    if (PASSINDEX == 1) {
        aspect = IMG_SIZE(air).x / IMG_SIZE(air).y;
    }
    vec2 canvas = vec2(aspect, 1.0) / min(aspect, 1.0);
    vec2 uv = (place - 0.5) * canvas;
    if (PASSINDEX == 0) {
        // Smoke, lit from the stage.
        vec2 p = uv * 2.2 + vec2(seed, 0.0);
        float clock = TIME * 0.05 + travel * 0.04;
        vec2 bend = vec2(noise(p + clock), noise(p - clock + 20.0));
        float body = noise(p * 1.3 + bend * 1.4 - vec2(clock, clock * 0.6)) * 0.55 + noise(p * 3.1 + bend * 2.0 + clock) * 0.3 + noise(p * 6.5 - bend) * 0.15;
        float stage = fade(length((uv + vec2(0.0, 0.25 * canvas.y)) * vec2(0.75, 1.1)) * 3.4);
        vec3 light_up = mix(lin(primary), lin(accent), 0.3 + 0.4 * sway(TIME * 0.01 + seed * 0.31)) * stage;
        vec3 color = lin(ink) * 0.22 + lin(shade) * 0.22 * body + light_up * (0.06 + 0.14 * energy + 0.16 * bass + 0.16 * kick + 0.12 * drop) * (0.4 + 1.1 * body);
        gl_FragColor = vec4(color, body);
    } else if (PASSINDEX == 1) {
        gl_FragColor = vec4(crowd_line(uv.x + seed * 0.37));
    } else {
        float px = canvas.x / RENDERSIZE.x;
        vec4 haze = IMG_NORM_PIXEL(air, place);
        vec3 color = haze.rgb;
        float fog = 0.35 + (0.5 + 0.9 * smoke) * haze.a;
        vec2 off = uv - vec2(-0.36, -0.24) * canvas;
        vec3 hues = shine(off, beam(0), px) + shine(off, beam(1), px) + shine(off, beam(2), px);
        off = uv - vec2(0.36, -0.24) * canvas;
        hues += shine(off, beam(3), px) + shine(off, beam(4), px) + shine(off, beam(5), px);
        off = uv - vec2(0.0, 0.51) * canvas;
        hues += shine(off, beam(6), px) + shine(off, beam(7), px) + shine(off, beam(8), px);
        vec3 sum = lin(primary) * hues.x + lin(accent) * hues.y + lin(light) * (0.4 * hues.z);
        float loud = 0.75 * energy * energy * beams * 1.4 + 0.55 * drop + 0.3 * build - 0.12;
        float turn = (TIME * 0.03 + travel * 0.14) * (0.3 + 1.4 * speed);
        float left = comb(uv - vec2(-0.36, -0.27) * canvas, 0, turn + 1.2 * kick, loud, px);
        float right = comb(uv - vec2(0.36, -0.27) * canvas, 1, -turn - 1.2 * kick, loud, px);
        float above = comb(vec2(uv.x, 0.52 * canvas.y - uv.y), 2, 1.7 * sway(turn * 0.23), loud * 0.85, px);
        sum += lin(primary) * (left + right) * (0.5 + 0.5 * kick + 0.4 * drop) + lin(accent) * above * (0.5 + 0.7 * snare + 0.3 * drop);
        color += sum * fog;
        float top = texelFetch(people, ivec2(int(gl_FragCoord.x), 0), 0).r;
        float y = uv.y + 0.5 * canvas.y;
        float cover = clamp((top - y) / (px * 1.3) + 0.5, 0.0, 1.0);
        vec3 figure = lin(ink) * 0.08 + haze.rgb * 0.35 * max(1.0 - (top - y) * 110.0, 0.0);
        color = mix(color, figure, cover);
        vec2 frame = place - 0.5;
        gl_FragColor = vec4(develop(color * (1.05 - 0.6 * dot(frame, frame))), 1.0);
    }
}
