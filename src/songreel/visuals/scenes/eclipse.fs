/*{
  "DESCRIPTION": "A total eclipse over a still sea: the corona's streamers grow with the music, the diamond ring breaks out at the drop.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Space"],
  "SONGREEL": {
    "family": "space",
    "energy": [0.1, 1.0],
    "moods": ["epic", "mysterious", "dark", "vast"],
    "words": {
      "en": ["eclipse", "corona", "black sun", "dark sun", "total eclipse", "solar eclipse"],
      "zh": ["日食", "日冕", "黑太阳", "日全食"]
    },
    "resolution": 0.5
  },
  "INPUTS": [
    {"NAME": "size", "LABEL": "Size of the disc", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "streamers", "LABEL": "Streamers", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "waves", "LABEL": "Waves", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
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
    {"TARGET": "corona", "WIDTH": "$WIDTH/3", "HEIGHT": "$HEIGHT/3", "FLOAT": true},
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

// Light around the disc at a place in radii: threads that follow the field outwards, long in two directions.
vec3 crown(vec2 off, float clock) {
    float far = length(off) + 0.0001;
    vec2 ray = off / far;
    float out_by = max(far - 0.97, 0.0);
    float broad = noise(ray * 1.5 + vec2(clock * 0.5, seed * 0.37));
    float bend = 0.35 * (broad - 0.5) * out_by;
    vec2 turned = ray + vec2(-ray.y, ray.x) * bend;
    float thread = noise(turned * 7.0 + vec2(seed * 1.7, clock * 0.8)) * 0.6 + noise(turned * 19.0 + vec2(clock, out_by * 0.6 - clock * 2.0)) * 0.4;
    float fine = noise(turned * 43.0 + vec2(out_by * 1.5 - clock * 3.0, 5.0));
    float lobe = ray.x * 0.9 + ray.y * 0.44 * sway(seed * 0.31);
    float reach = (0.3 + 0.7 * broad + 0.5 * lobe * lobe) * (0.45 + 0.75 * streamers + 0.7 * energy + 0.5 * drop + 0.25 * bass);
    float near = fade(out_by * 9.0);
    float wide = fade(out_by * 2.6 / reach);
    float strands = 0.3 + 1.5 * thread * thread + 0.5 * (fine - 0.5) * near;
    vec3 hot = mix(lin(light), lin(accent), 0.15);
    vec3 cold = mix(lin(accent), lin(primary), clamp(out_by * 0.55, 0.0, 1.0));
    vec3 color = hot * near * (0.5 + 0.55 * bass + 0.25 * energy + 0.3 * kick) * (0.7 + 0.6 * thread);
    color += mix(hot, cold, 1.0 - near * 0.7) * wide * wide * strands * (0.3 + 0.4 * energy + 0.3 * snare * thread + 0.2 * mid + 0.3 * kick);
    return color + mix(lin(primary), lin(shade), 0.4) * fade(out_by * 0.9) * (0.07 + 0.1 * energy + 0.06 * level) + lin(shade) * (0.05 + 0.08 * energy) * fade(out_by * 0.25);
}

void main() {
    vec2 place = isf_FragNormCoord;
    vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    float px = canvas.x / RENDERSIZE.x;
    vec2 uv = (place - 0.5) * canvas;
    float clock = TIME * 0.012 + travel * 0.03;
    float radius = (0.13 + 0.075 * size) * (1.0 + 0.018 * kick + 0.03 * build);
    float horizon = -0.315 * canvas.y;
    vec2 sun = vec2(0.12 * canvas.x * (fract(seed * 0.618) - 0.5), 0.1 * canvas.y + 0.01 * sway(TIME * 0.004));
    if (PASSINDEX == 0) {
        gl_FragColor = vec4(crown((uv - sun) / radius, clock), 1.0);
    } else {
        // Below the horizon everything is looked up in its mirror image, bent by the swell.
        float down = horizon - uv.y;
        float wet = clamp(down / px + 0.5, 0.0, 1.0);
        float deep = max(down, 0.0);
        float flat_by = 1.0 / (deep + 0.035);
        vec2 swell_at = vec2((uv.x - sun.x) * flat_by * 1.7, flat_by * 3.0 + clock * 3.0);
        float swell = noise(swell_at * vec2(0.6, 1.0) + seed) - 0.5 + 0.6 * (noise(swell_at * vec2(1.7, 2.6) - vec2(clock, 0.0)) - 0.5);
        float rough = (0.4 + 0.9 * waves) * (0.7 + 0.5 * bass);
        vec2 seen = uv;
        seen.y = mix(uv.y, 2.0 * horizon - uv.y, step(0.0, down)) + wet * swell * rough * (0.03 + 0.5 * deep);
        seen.x += wet * swell * rough * 0.05;
        vec2 off = seen - sun;
        float far = length(off);
        vec3 color = IMG_NORM_PIXEL(corona, seen / canvas + 0.5).rgb;
        float disc = clamp((radius - far) / (px * 1.4) + 0.5, 0.0, 1.0);

        // Stars of two sizes, gone in the glare.
        vec2 grid = seen * 34.0 + seed * 3.0;
        vec2 cell = floor(grid);
        float own = hash(ivec2(cell));
        vec2 spot = grid - cell - 0.3 - 0.4 * fract(vec2(own * 57.0, own * 91.0));
        float star = max(1.0 - dot(spot, spot) * (80.0 + 600.0 * fract(own * 7.0)), 0.0) * step(0.74, own) * fract(own * 41.0);
        float dim = fade(dot(color, vec3(2.2)) * 4.0);
        color += lin(light) * star * star * dim * (0.25 + 0.25 * fract(own * 13.0) + 0.7 * hat * fract(own * 29.0)) * (1.0 - wet);

        // The disc is blacker than the sky; a thin ring of fire runs around it, with a bead that bursts.
        color *= 1.0 - disc;
        float rim = abs(far - radius);
        float ring = max(1.0 - rim / (px * 2.2), 0.0);
        vec2 ray = off / (far + 0.0001);
        float turn = seed * 0.7 + 0.1 * sway(clock * 0.15);
        vec2 bead_way = vec2(cos(turn), abs(sin(turn)) + 0.2);
        bead_way *= inversesqrt(dot(bead_way, bead_way));
        float side = clamp(dot(ray, bead_way) * 0.5 + 0.5, 0.0, 1.0);
        color += mix(lin(light), lin(primary), 0.35) * ring * (0.35 + 0.5 * side * side + 0.4 * snare);
        vec2 bead = off - bead_way * radius;
        float burst = (0.16 + 0.1 * energy + 0.25 * kick + 0.45 * build * build + 0.9 * drop);
        float spread = dot(bead, bead) / (radius * radius);
        color += lin(light) * (burst * 0.055 / (spread * 6.0 + 0.045) - 0.004 * burst);
        float streak = fade(abs(bead.y) * 190.0) * fade(abs(bead.x) * 2.4 / (0.35 + burst));
        color += mix(lin(accent), lin(light), 0.3) * streak * burst * (0.5 - 0.4 * disc);

        // Water swallows most of it; haze glows along the horizon.
        float glance = 0.42 + 0.4 * fade(deep * 7.0);
        color = mix(color, color * glance + lin(ink) * 0.04, wet);
        float glitter = max(swell * 1.6 + 0.1, 0.0);
        float path = fade(abs(uv.x - sun.x) * (3.2 - 0.8 * energy));
        color += mix(lin(accent), lin(light), 0.5) * wet * path * glitter * glitter * (0.1 + 0.25 * energy + 0.5 * hat + 0.15 * kick);
        float haze = fade(abs(down) * 26.0) * (0.3 + 0.7 * fade(abs(uv.x - sun.x) * 2.0));
        color += mix(lin(primary), lin(accent), 0.25) * haze * (0.07 + 0.14 * energy + 0.12 * bass);
        color += lin(ink) * 0.06;
        vec2 frame = place - 0.5;
        gl_FragColor = vec4(develop(color * (1.06 - 0.6 * dot(frame, frame))), 1.0);
    }
}
