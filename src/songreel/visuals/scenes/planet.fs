/*{
  "DESCRIPTION": "A ringed giant hangs before the stars, lit from one side; its clouds stream, its rings glitter with the hats.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Space"],
  "SONGREEL": {
    "family": "space",
    "energy": [0.0, 0.75],
    "moods": ["wonder", "vast", "calm", "futuristic"],
    "words": {
      "en": ["planet", "planets", "saturn", "planet rings", "gas giant", "orbit"],
      "zh": ["行星", "土星", "星球", "行星环", "轨道"]
    },
    "resolution": 0.44
  },
  "INPUTS": [
    {"NAME": "size", "LABEL": "Size of the planet", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "tilt", "LABEL": "Tilt of the rings", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "storms", "LABEL": "Storms", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "LABEL": "Bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "kick", "LABEL": "Kick", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "snare", "LABEL": "Snare", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "hat", "LABEL": "Hi-hat", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "mid", "LABEL": "Mids", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
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
    {"TARGET": "haze", "WIDTH": "$WIDTH/6", "HEIGHT": "$HEIGHT/6"},
    {"TARGET": "clouds", "WIDTH": "288", "HEIGHT": "192"},
    {"TARGET": "grooves", "WIDTH": "256", "HEIGHT": "1"},
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

// The clouds over the half of the planet that is seen: belts that shear against each other, curls between them.
vec3 belts(vec2 at, float clock) {
    float sine = at.x * 2.0 - 1.0;
    float across = sine * (1.0 + 0.21 * sine * sine + 0.35 * sine * sine * sine * sine);
    float high = at.y * 2.0 - 1.0;
    float shear = sway(high * 1.1 + seed * 0.13) + 0.5 * sway(high * 2.7);
    vec2 p = vec2(across * 2.4 + clock * (1.0 + 0.22 * shear), high * 6.0 + seed);
    vec2 curl = vec2(noise(p * vec2(1.4, 1.5)), noise(p * vec2(1.4, 1.5) + 17.0)) - 0.5;
    curl += 0.5 * (vec2(noise(p * vec2(3.3, 3.6) + curl * 1.5), noise(p * vec2(3.3, 3.6) + 31.0 + curl)) - 0.5);
    float rough = 0.35 + 0.75 * storms;
    vec2 bent = p + curl * vec2(1.2, 0.62) * rough;
    float band = noise(vec2(seed * 3.1, bent.y * 1.15));
    float fine = noise(vec2(bent.x * 0.8, bent.y * 4.3)) * 0.6 + noise(bent * vec2(2.1, 9.0)) * 0.4;
    vec3 pale = mix(lin(light), lin(accent), 0.28) * 0.9;
    vec3 color = mix(mix(lin(primary), lin(shade), 0.25), pale, ramp(0.25, 0.75, band));
    color = mix(color, mix(lin(shade), lin(primary), 0.3), ramp(0.55, 0.95, noise(vec2(bent.y * 1.9, seed + 9.0))) * 0.85);
    color *= 0.72 + 0.55 * fine;
    vec2 eye = vec2(fract((across * 2.4 + clock * 1.05) * 0.11 + seed * 0.17) - 0.5, high + 0.32);
    eye.x *= 9.0;
    float storm = fade(dot(eye * vec2(1.6, 8.0), eye * vec2(1.6, 8.0)) * 1.2);
    color = mix(color, mix(lin(accent), lin(light), 0.3), storm * 0.75 * storms);
    return color * (1.0 - 0.25 * high * high);
}

void main() {
    vec2 place = isf_FragNormCoord;
    vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    float clock = TIME * 0.02 + travel * 0.035;
    float slow = TIME * 0.0022 + travel * 0.002;
    float hand = fract(seed * 0.377) < 0.5 ? -1.0 : 1.0;
    if (PASSINDEX == 0) {
        // A band of dust and gas behind it all.
        vec2 sky = (place - 0.5) * canvas * vec2(hand, 1.0) + vec2(slow * 0.3, 0.0);
        vec2 bent = sky + 0.22 * (vec2(noise(sky * 3.1 + seed), noise(sky * 3.1 + 40.0 - seed)) - 0.5);
        float dust = noise(bent * 2.2 + seed) * 0.5 + noise(bent * 5.1 + seed * 2.0) * 0.28 + noise(bent * 11.3) * 0.14 + noise(bent * 25.0) * 0.08;
        float way = fade(abs(bent.y * 1.1 - bent.x * 0.7 + 0.1) * 3.4);
        float dark = ramp(0.38, 0.7, noise(bent * 4.3 + 71.0) * 0.7 + noise(bent * 12.0) * 0.3);
        vec3 gas = mix(lin(shade) * 1.3, mix(lin(primary), lin(accent), ramp(0.4, 0.75, noise(bent * 1.7 + 90.0))), dust);
        gl_FragColor = vec4(sqrt(gas * way * dust * (0.16 + 0.3 * energy + 0.2 * mid) * (1.0 - 0.75 * dark) + lin(ink) * 0.1), dust * way);
    } else if (PASSINDEX == 1) {
        gl_FragColor = vec4(sqrt(clamp(belts(place, clock), 0.0, 1.0)), 1.0);
    } else if (PASSINDEX == 2) {
        // How dense the rings are from their inner edge to the outer one.
        float r = place.x;
        float fine = noise(vec2(r * 90.0, seed)) * 0.4 + noise(vec2(r * 34.0, seed + 7.0)) * 0.35 + noise(vec2(r * 11.0, seed + 3.0)) * 0.45;
        float gap = 1.0 - 0.95 * ramp(0.028, 0.012, abs(r - 0.63));
        float body = ramp(0.0, 0.1, r) * ramp(1.0, 0.86, r) * (0.45 + 0.65 * ramp(0.2, 0.45, r));
        gl_FragColor = vec4(clamp(fine * gap * body, 0.0, 1.0), noise(vec2(r * 7.0, seed + 21.0)), 0.0, 1.0);
    } else {
        float px = canvas.x / RENDERSIZE.x;
        vec2 uv = (place - 0.5) * canvas;
        uv.x *= hand;
        vec2 wide = canvas - 1.0;
        vec2 center = vec2(0.1 * wide.x, -0.05 + 0.05 * wide.y) + 0.03 * vec2(sway(slow + seed * 0.1), sway(slow * 0.8 + seed * 0.3));
        float radius = (0.2 + 0.09 * size + 0.03 * wide.x + 0.01 * wide.y) * (1.0 + 0.012 * kick + 0.03 * build + 0.02 * drop);
        vec2 p = (uv - center) / radius;
        float turn = 0.36 + 0.1 * sway(seed * 0.21) + 0.6 * clamp(wide.y, 0.0, 1.0);
        vec2 axis = vec2(cos(turn), sin(turn));
        vec2 q = vec2(p.x * axis.x + p.y * axis.y, p.y * axis.x - p.x * axis.y);
        vec3 lamp_way = vec3(-0.78, 0.42, 0.36 + 0.12 * sway(slow * 3.0));
        vec3 lamp = lamp_way * inversesqrt(dot(lamp_way, lamp_way));
        float far = length(p);

        // Space: dust, stars, and the sun's glow beyond the lit limb.
        vec2 sky = uv + vec2(slow * 0.3, 0.0);
        vec4 fog = IMG_NORM_PIXEL(haze, place);
        vec3 color = fog.rgb * fog.rgb;
        color += mix(lin(accent), lin(light), 0.4) * fade(length(p - lamp.xy * 1.15) * 1.7) * (0.035 + 0.07 * energy + 0.12 * drop + 0.05 * bass);
        for (int i = 0; i < 2; i++) {
            float scale = i == 0 ? 11.0 : 44.0;
            vec2 grid = sky * scale + seed * 3.0;
            vec2 cell = floor(grid);
            float own = hash(ivec2(cell) + i * 77);
            vec2 off = grid - cell - 0.3 - 0.4 * fract(vec2(own * 57.0, own * 91.0));
            float size_of = px * scale * 0.7 + (i == 0 ? 0.012 : 0.02);
            float spread = dot(off, off) / (size_of * size_of);
            float lit = step(0.86 - 0.25 * fog.a, own) * fract(own * 13.0) * fract(own * 13.0);
            float glow = max(1.0 / (1.0 + spread * spread) - 0.004, 0.0);
            vec3 tint = mix(lin(light), lin(accent), 0.5 * fract(own * 29.0));
            color += tint * (glow * lit * (0.4 + 0.15 * sway(TIME * 0.13 + own * 31.0) + 0.7 * hat * fract(own * 7.0)) * (i == 0 ? 2.0 : 1.0));
        }

        // The globe: clouds, night side, air at the limb.
        vec2 on = q * min(1.0, 0.999 / far);
        float z = sqrt(max(1.0 - far * far, 0.0));
        float facing = clamp(dot(vec3(p, z), lamp), -1.0, 1.0);
        float day = ramp(-0.12, 0.75, facing);
        float width = sqrt(max(1.0 - on.y * on.y, 0.0001));
        vec3 ground = IMG_NORM_PIXEL(clouds, vec2(on.x / width, on.y) * 0.498 + 0.5).rgb;
        ground *= ground;
        float limb = (1.0 - z) * (1.0 - z);
        float strength = 0.75 + 0.3 * energy + 0.15 * bass;
        vec3 globe = ground * day * strength * (1.0 - 0.35 * limb) + lin(shade) * (0.03 + 0.1 * limb);
        globe += mix(lin(accent), lin(light), 0.35) * limb * z * day * 2.0 * (0.3 + 0.4 * bass + 0.4 * kick);
        globe += mix(lin(primary), lin(accent), 0.5) * max(1.0 - abs(facing) * 5.0, 0.0) * 0.05;

        // The rings cast a band of shade, and take the globe's shadow.
        float lean = 0.16 + 0.24 * tilt + 0.03 * sway(slow * 2.0 + 0.3);
        vec2 disk = vec2(q.x, q.y / lean);
        float from = length(disk);
        float part = (from - 1.3) * (1.0 / 1.05);
        vec4 groove = texelFetch(grooves, ivec2(int(clamp(part, 0.0, 0.999) * 256.0), 0), 0);
        float within = clamp(part * 60.0, 0.0, 1.0) * clamp((1.0 - part) * 60.0, 0.0, 1.0);
        float dense = groove.r * within;
        float cast_by = (on.y - 0.2 * z) / lean - 0.3;
        float cast_part = (length(vec2(on.x, cast_by)) - 1.3) * (1.0 / 1.05);
        float shaded = texelFetch(grooves, ivec2(int(clamp(cast_part, 0.0, 0.999) * 256.0), 0), 0).r * step(cast_by, 0.0);
        globe *= 1.0 - 0.75 * clamp(shaded, 0.0, 1.0);
        float inside = clamp((1.0 - far) * radius / px + 0.5, 0.0, 1.0);
        float halo = fade(max(far - 1.0, 0.0) * 26.0) * ramp(-0.5, 0.9, dot(p, lamp.xy) / far);
        color = mix(color + mix(lin(accent), lin(primary), 0.3) * halo * (0.2 + 0.25 * bass + 0.2 * kick), globe, inside);
        vec3 spot = vec3(q, -q.y * sqrt(1.0 - lean * lean) / lean);
        vec3 aim = vec3(lamp.x * axis.x + lamp.y * axis.y, lamp.y * axis.x - lamp.x * axis.y, lamp.z);
        float along = dot(spot, aim);
        float beside = sqrt(max(dot(spot, spot) - along * along, 0.0));
        float sunlit = 1.0 - ramp(1.06, 0.95, beside) * step(along, 0.0);
        float before = q.y < 0.0 ? 1.0 : 1.0 - inside;
        vec3 ice = mix(mix(lin(primary), lin(accent), groove.g), lin(light), 0.35);
        vec2 grain_at = floor(uv / (px * 2.0));
        float grain = hash(ivec2(grain_at) + int(floor(part * 90.0)) * 31);
        float wave = fade(abs(part - fract(travel * 0.09)) * 14.0) * snare;
        float shine = (0.5 + 0.35 * energy + 0.3 * level + 0.8 * wave) * (1.0 + 5.0 * hat * step(0.985, grain));
        color = mix(color, ice * shine * (0.02 + sunlit), clamp(dense * 1.1, 0.0, 0.94) * before);
        vec2 frame = place - 0.5;
        gl_FragColor = vec4(develop(color * (1.08 - 0.7 * dot(frame, frame))), 1.0);
    }
}
