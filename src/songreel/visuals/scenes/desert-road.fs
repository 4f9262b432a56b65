/*{
  "DESCRIPTION": "A straight road through the desert at dusk: headlights on the line, poles and wires gliding by, mesas before a burning sky.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Places"],
  "SONGREEL": {
    "family": "places",
    "energy": [0.15, 1.0],
    "moods": ["epic", "nostalgic", "longing", "driving"],
    "words": {
      "en": ["desert road", "highway", "road trip", "desert", "open road", "route 66"],
      "zh": ["公路", "沙漠公路", "公路旅行", "自驾", "沙漠", "高速公路", "开车"]
    },
    "resolution": 0.46
  },
  "INPUTS": [
    {"NAME": "mesas", "LABEL": "Height of the mesas", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "clouds", "LABEL": "Clouds", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "speed", "LABEL": "Speed", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
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
    {"TARGET": "sky", "WIDTH": "$WIDTH/3", "HEIGHT": "$HEIGHT/3", "FLOAT": true},
    {"TARGET": "tops", "WIDTH": "$WIDTH", "HEIGHT": "1", "FLOAT": true},
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

const float GROUND = 0.37;   // the share of the height below the horizon

// A skyline of flat-topped rock: plateaus with steep sides, rubble at their feet.
float mesa(float x, float row) {
    float block = noise(vec2(x * 1.7, row * 17.0 + 0.5));
    float second = noise(vec2(x * 3.1 + 9.0, row * 23.0 + 0.5));
    float crag = noise(vec2(x * 16.0, row * 31.0 + 0.5)) * 0.6 + noise(vec2(x * 47.0, row * 37.0 + 0.5)) * 0.4;
    float table = ramp(0.5, 0.545, block) * 0.5 + ramp(0.53, 0.56, block * 0.45 + second * 0.55) * 0.5;
    float foot = ramp(0.3, 0.62, block) * 0.3;
    return 0.06 + foot + table * 0.64 + crag * 0.1;
}

// Sky with bars of cloud that are lit from below, a low sun in the haze.
vec3 heaven(vec2 uv, float room, float sun_x, float clock) {
    float high = uv.y / room;
    vec2 off = uv - vec2(sun_x, 0.045);
    float near = fade(length(off * vec2(0.62, 1.0)) * (3.4 - 0.8 * energy));
    vec3 hot = mix(lin(accent), lin(light), 0.15);
    vec3 low = mix(lin(primary), hot, 0.25 + 0.6 * near);
    float burn = 0.5 + 0.5 * energy + 0.25 * drop;
    vec3 color = mix(low * burn, mix(lin(shade), lin(primary), 0.22) * (0.55 + 0.3 * energy), ramp(0.0, 0.42, high));
    color = mix(color, mix(lin(ink), lin(shade), 0.35) * 0.55, ramp(0.3, 1.0, high));
    float flat_by = 1.0 / (high + 0.16);
    vec2 p = vec2(uv.x * flat_by * 0.85 + clock, flat_by * 2.1) + seed * 1.3;
    float lump = noise(p * vec2(0.8, 1.0)) * 0.52 + noise(p * vec2(2.1, 2.9) + 5.0) * 0.28 + noise(p * vec2(5.3, 7.0) + 11.0) * 0.2;
    float below = noise((p + vec2(0.0, 0.22)) * vec2(0.8, 1.0)) * 0.52 + noise((p + vec2(0.0, 0.22)) * vec2(2.1, 2.9) + 5.0) * 0.28 + lump * 0.2;
    float thick_by = ramp(0.62 - 0.24 * clouds, 0.82 - 0.1 * clouds, lump) * ramp(0.02, 0.2, high);
    float lit = clamp(0.45 + (lump - below) * 4.5, 0.0, 1.0);
    vec3 cloud = mix(mix(lin(shade), lin(ink), 0.4) * 0.6, mix(lin(primary), hot, near) * (0.7 + 0.6 * energy + 0.3 * bass), lit * (0.35 + 0.65 * fade(high * 1.4)));
    color = mix(color, cloud, thick_by * 0.85);
    return color + hot * near * near * (0.35 + 0.4 * bass + 0.3 * energy + 0.35 * drop);
}

void main() {
    vec2 place = isf_FragNormCoord;
    float clock = TIME * 0.006 + travel * 0.006;
    if (PASSINDEX == 1) {
        vec2 shape = IMG_SIZE(sky);
        float x = place.x * shape.x / shape.y + seed * 3.7;
        gl_FragColor = vec4(mesa(x * 1.5 + clock * 0.25, 1.0), mesa(x * 1.15 + clock * 0.6, 2.0), noise(vec2(x * 1.7 + clock, 77.5)) * 0.6 + noise(vec2(x * 9.0 + clock * 5.0, 87.5)) * 0.4, 1.0);
        return;
    }
    vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    float px = canvas.x / RENDERSIZE.x;
    vec2 uv = (place - vec2(0.5, GROUND)) * canvas;
    float room = (1.0 - GROUND) * canvas.y;
    float ahead = 0.05 * sway(TIME * 0.003 + travel * 0.004 + seed * 0.1) * canvas.x;
    float sun_x = ahead + (0.12 + 0.2 * fract(seed * 0.618)) * canvas.x * (fract(seed * 0.377) < 0.5 ? -1.0 : 1.0) * 0.8;
    if (PASSINDEX == 0) {
        gl_FragColor = vec4(heaven(uv, room, sun_x, clock), 1.0);
        return;
    }
    vec3 color = IMG_NORM_PIXEL(sky, place).rgb;
    vec3 hot = mix(lin(accent), lin(light), 0.2);

    // The sun stands on the horizon; stars come out above.
    vec2 off = uv - vec2(sun_x, 0.05);
    float sun = clamp((0.085 + 0.006 * kick - length(off)) / (px * 1.5) + 0.5, 0.0, 1.0);
    color = mix(color, mix(hot, lin(light), 0.5) * (1.0 + 0.4 * bass + 0.3 * drop), sun * 0.92);
    vec2 grid = uv * 36.0 + seed;
    vec2 cell = floor(grid);
    float own = hash(ivec2(cell));
    vec2 spot = grid - cell - 0.3 - 0.4 * fract(vec2(own * 57.0, own * 91.0));
    float star = max(1.0 - dot(spot, spot) * (70.0 + 500.0 * fract(own * 7.0)), 0.0) * step(0.78, own);
    color += lin(light) * star * ramp(0.25, 0.9, uv.y / room) * (0.15 + 0.2 * fract(own * 13.0) + 0.8 * hat * fract(own * 29.0));

    // Two rows of mesas; the haze between them takes the color of the sky.
    vec4 top = texelFetch(tops, ivec2(int(gl_FragCoord.x), 0), 0);
    float tall = (0.1 + 0.16 * mesas) * (0.75 + 0.35 * canvas.y) * (0.3 + 0.7 * ramp(0.03, 0.34, abs(uv.x - sun_x)));
    vec3 haze = mix(lin(primary), hot, 0.3 * fade(abs(uv.x - sun_x) * 2.0)) * (0.16 + 0.22 * energy + 0.12 * bass);
    float foot = fade(max(uv.y, 0.0) * 13.0);
    float far_rock = clamp((top.x * tall - uv.y) / px + 0.5, 0.0, 1.0);
    color = mix(color, mix(mix(lin(shade), lin(primary), 0.3) * 0.3, haze * 1.3, 0.25 + 0.6 * foot), far_rock);
    float near_rock = clamp((top.y * tall * 0.62 - uv.y) / px + 0.5, 0.0, 1.0);
    float rim = max(1.0 - (top.y * tall * 0.62 - uv.y) / (px * 4.0), 0.0) * fade(abs(uv.x - sun_x) * 2.2);
    color = mix(color, mix(mix(lin(ink), lin(shade), 0.4) * 0.22, haze, foot * 0.55) + hot * rim * (0.1 + 0.4 * snare), near_rock);

    // The plain in perspective, the road through it. The road bends far away.
    float down = max(-uv.y, px * 0.5);
    float depth = 0.11 / down;
    float bend = 0.05 * sway(travel * 0.011 + seed * 0.3);
    float wander = bend * fade(down * 16.0);
    float x = (uv.x - ahead * (1.0 - 2.0 * down) - wander) * depth;
    float go = (TIME * 0.1 + travel * 1.5) * (0.4 + 1.2 * speed);
    float along = depth + go;
    float foot_size = depth * px / down;
    float rough = noise(vec2(x * 9.0, along * 3.0) + seed) * 0.5 + noise(vec2(x * 31.0, along * 9.0)) * 0.5 * clamp(1.4 - foot_size * 7.0, 0.0, 1.0);
    vec3 glow = haze * 1.2 + lin(primary) * 0.03;
    vec3 sand = mix(mix(lin(shade), lin(primary), 0.35) * 0.2, haze, fade(down * 6.0)) * (0.45 + 0.85 * rough);
    float tuft = ramp(0.62, 0.8, noise(vec2(x * 5.0, along * 2.2) + 31.0)) * ramp(0.3, 0.5, abs(x));
    sand *= 1.0 - 0.6 * tuft * clamp(1.3 - foot_size * 3.0, 0.0, 1.0);
    float width = 0.26;
    float edge_px = depth * px * 1.2;
    float road = clamp((width - abs(x)) / edge_px + 0.5, 0.0, 1.0);
    vec3 tar = mix(lin(ink) * 0.35 + 0.006, haze * 0.75, fade(down * 7.0)) * (0.75 + 0.4 * rough);
    tar += hot * fade(abs(uv.x - sun_x) * 5.0) * fade(down * 9.0) * (0.05 + 0.1 * energy);

    // Headlights throw two cones on the road, brighter with the kick.
    float beam = (0.3 + 0.4 * energy + 0.6 * kick) * fade(abs(x) * 2.2) * ramp(0.9, 0.3, depth) * ramp(0.12, 0.3, depth);
    float cones = 0.6 + 0.4 * (fade(abs(x - 0.09) * 12.0) + fade(abs(x + 0.09) * 12.0));
    vec3 lamp = mix(lin(light), lin(accent), 0.2);
    vec3 ground = mix(sand + (sand * 1.5 + lamp * 0.03) * beam * 1.2, tar + lamp * 0.075 * beam * cones * (0.7 + 0.5 * rough), road);
    float dash = clamp((0.3 - abs(fract(along * 1.1) - 0.5)) / (foot_size * 1.1 + 0.02) + 0.5, 0.0, 1.0);
    float mid_line = clamp((0.008 - abs(x)) / edge_px + 0.5, 0.0, 1.0) * dash;
    float side_line = clamp((0.006 - abs(abs(x) - width * 0.9)) / edge_px + 0.5, 0.0, 1.0);
    float paint = (mid_line + side_line * 0.75) * min(1.0, 0.016 / edge_px + 0.25);
    ground += mix(lamp, lin(accent), 0.5) * paint * (0.1 + 0.2 * energy + beam * 0.9 + 0.25 * level * fade(depth));
    float land = clamp(-uv.y / px + 0.5, 0.0, 1.0);
    color = mix(color, ground, land);

    // Posts on the left flash with the snare; poles with wires stand on the right, one plane that runs along the road.
    float right = uv.x - ahead - bend * 0.35;
    float z = 0.62 / max(right, 0.02);
    float rise = uv.y * z / 0.11;
    float u = z / 0.11 * 0.11 + go;
    float pole_px = z * px / max(right, 0.02);
    float step_by = fract(u * 0.42) - 0.5;
    float thick = 0.022;
    float clear = clamp(1.6 - pole_px * 2.6, 0.0, 1.0) * step(0.04, right);
    float pole = clamp((thick - abs(step_by / 0.42)) / pole_px + 0.5, 0.0, 1.0) * step(rise, 7.2) * step(-1.05, rise);
    float arm = clamp((0.13 - abs(step_by / 0.42)) / pole_px + 0.5, 0.0, 1.0) * (step(abs(rise - 6.4), 0.1) + step(abs(rise - 5.6), 0.1));
    float sag = (0.25 - step_by * step_by) * 4.0;
    float wire_px = px * z / 0.11 * 0.8;
    float hang = 1.0 - sag;
    float wire = max(1.0 - abs(rise - 6.55 + 0.75 * (1.0 - hang)) / wire_px, 0.0) + max(1.0 - abs(rise - 5.75 + 0.8 * (1.0 - hang)) / wire_px, 0.0);
    vec3 wood = lin(ink) * 0.1 + haze * 0.12;
    color = mix(color, wood, clamp(max(pole, arm) + wire * 0.6, 0.0, 1.0) * clear);
    float left = ahead - uv.x;
    float near_by = 0.4 / max(left, 0.02);
    float post_at = near_by + go;
    float post_rise = uv.y * near_by / 0.11;
    float post_px = near_by * px / max(left, 0.02);
    float post_off = (fract(post_at * 1.2) - 0.5) / 1.2;
    float post = clamp((0.013 - abs(post_off)) / post_px + 0.5, 0.0, 1.0) * step(post_rise, -0.42) * step(-1.0, post_rise) * clamp(1.5 - post_px * 6.0, 0.0, 1.0) * step(0.04, left);
    float cap = step(-0.56, post_rise);
    color = mix(color, lin(ink) * 0.2 + lamp * (0.03 + 0.1 * beam), post);
    color += lin(primary) * post * cap * (0.2 + 1.4 * snare + 0.4 * energy);
    color += haze * fade(abs(uv.y) * 30.0) * (0.5 + 0.5 * mid + 0.4 * build);
    vec2 frame = place - 0.5;
    gl_FragColor = vec4(develop(color * (1.1 - 0.8 * dot(frame, frame))), 1.0);
}
