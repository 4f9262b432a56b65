/*{
  "DESCRIPTION": "Under the sea: rays lean down from the bright surface, weed sways, a school of fish turns, bubbles rise with the hats.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Places"],
  "SONGREEL": {
    "family": "places",
    "energy": [0.0, 0.75],
    "moods": ["calm", "wonder", "dreamy", "natural"],
    "words": {
      "en": ["underwater", "under water", "deep sea", "ocean floor", "god rays", "reef", "diving", "fish"],
      "zh": ["海底", "水下", "深海", "光束", "鱼群", "潜水", "珊瑚礁"]
    },
    "resolution": 0.44
  },
  "INPUTS": [
    {"NAME": "rays", "LABEL": "Rays", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "weed", "LABEL": "Weed", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "fish", "LABEL": "Fish", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "LABEL": "Bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "kick", "LABEL": "Kick", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "snare", "LABEL": "Snare", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "hat", "LABEL": "Hi-hat", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "mid", "LABEL": "Mids", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "energy", "LABEL": "Section energy", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "level", "LABEL": "Loudness", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
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
    {"TARGET": "water", "WIDTH": "$WIDTH/3", "HEIGHT": "$HEIGHT/3", "FLOAT": true},
    {"TARGET": "lines", "WIDTH": "$WIDTH", "HEIGHT": "1", "FLOAT": true},
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

// Water: light that sinks from the surface in leaning rays, a net of light on the surface seen from below.
vec3 depth(vec2 uv, vec2 canvas, float clock, float lamp_x) {
    float down = 0.5 * canvas.y - uv.y;
    float part = down / canvas.y;
    vec2 off = uv - vec2(lamp_x, 0.62 * canvas.y);
    float slope = off.x / (-off.y + 0.12);
    float shaft = noise(vec2(slope * 5.0 + clock * 0.9, clock * 0.5 + seed)) * 0.5 + noise(vec2(slope * 11.0 - clock * 0.7, clock * 0.8 + 9.0)) * 0.32 + noise(vec2(slope * 25.0 + clock, clock + 21.0)) * 0.18;
    float beam = ramp(0.42, 0.82, shaft);
    float reach = fade(down * (2.2 - 0.7 * energy - 0.5 * drop) / (0.4 + 0.6 * canvas.y)) * fade(abs(slope) * 0.8);
    vec3 bright = mix(lin(accent), lin(light), 0.4);
    vec3 blue = mix(mix(lin(accent), lin(shade), 0.35), mix(lin(shade) * 1.6, lin(primary), 0.25), ramp(0.0, 0.45, part));
    vec3 color = mix(blue * 0.55, mix(lin(shade), lin(ink), 0.5) * 0.32, ramp(0.0, 0.72, part + 0.12 * abs(off.x))) * (0.5 + 0.55 * energy);
    color += mix(bright, blue * 2.0, 0.45) * fade(length(off * vec2(0.75, 1.0)) * 2.5) * (0.4 + 0.3 * bass + 0.3 * drop + 0.3 * energy);
    color += mix(bright, blue * 2.5, 0.55) * beam * reach * (0.3 + 0.9 * rays) * (0.35 + 0.5 * energy + 0.45 * kick + 0.3 * build);

    // The net is the same at every depth but seen at a flat angle: it shrinks towards the distance.
    float flat_by = 0.16 / (down + 0.06);
    vec2 p = vec2((uv.x - lamp_x) * flat_by * 3.4, flat_by * 2.6 + clock * 0.5) + seed;
    vec2 bend = vec2(noise(p * 1.1 + clock), noise(p * 1.1 - clock + 7.0)) - 0.5;
    float net = 1.0 - abs(2.0 * noise(p * 1.7 + bend * 1.4) - 1.0);
    float second = 1.0 - abs(2.0 * noise(p * 3.1 - bend * 1.8 + 13.0) - 1.0);
    net = net * net * net * 0.8 + second * second * second * second * 0.7;
    return color + bright * net * fade(down * 10.0) * (0.5 + 0.4 * energy + 0.35 * bass + 0.3 * mid);
}

// A stalk of weed that leaves the ground at x, with leaves in turn to both sides; how far a place is outside of it.
float stalk(vec2 uv, float i, float ground, float clock, float span) {
    float own = hash(ivec2(int(i) * 11 + 5, int(seed) * 3));
    float side = i - 2.0 * floor(i * 0.5) < 0.5 ? -1.0 : 1.0;
    float x = side * (0.47 - 0.05 * i - 0.06 * own) * span;
    float tall = (0.4 + 0.42 * own - 0.03 * i) * (0.5 + weed);
    float high = uv.y - ground;
    float up = clamp(high / tall, 0.0, 1.0);
    float sweep = sway(clock * 0.5 + own - up * 0.3) * (0.05 + 0.05 * bass) * up + 0.05 * sway(up * 0.6 + own * 3.0);
    float off = uv.x - x - sweep;
    float step_by = high * 13.0 + own * 5.0 + (off > 0.0 ? 0.5 : 0.0);
    float long_by = 0.115 * (1.0 - 0.75 * up) + 0.012;
    float along = clamp(abs(off) / long_by, 0.0, 1.0);
    float part = fract(step_by - along * (0.95 - 0.4 * along)) - 0.5;
    float leaf = (abs(part) - 0.55 * along * (1.0 - along) * (1.3 - along) * 1.15) * 0.05 + max(along - 0.97, 0.0);
    return max(min(abs(off) - 0.0045 * (1.2 - up), leaf), high - tall);
}

void main() {
    vec2 place = isf_FragNormCoord;
    vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    float clock = TIME * 0.05 + travel * 0.07;
    float lamp_x = (0.3 * (fract(seed * 0.618) - 0.5) + 0.05 * sway(clock * 0.05)) * canvas.x;
    vec2 uv = (place - 0.5) * canvas;
    if (PASSINDEX == 0) {
        gl_FragColor = vec4(depth(uv, canvas, clock, lamp_x), 1.0);
    } else if (PASSINDEX == 1) {
        // Heights of three banks of rock above the lower edge.
        vec2 shape = IMG_SIZE(water);
        float x = place.x * shape.x / shape.y * 1.6 + seed * 3.7 + clock * 0.015;
        float far = noise(vec2(x * 1.4, 3.5)) * 0.55 + noise(vec2(x * 3.7, 13.5)) * 0.28 + noise(vec2(x * 9.0, 23.5)) * 0.12 + noise(vec2(x * 31.0, 27.5)) * 0.07;
        float mid_rock = noise(vec2(x * 1.9 + clock * 0.01, 33.5)) * 0.6 + noise(vec2(x * 5.3, 43.5)) * 0.26 + noise(vec2(x * 14.0, 53.5)) * 0.09 + noise(vec2(x * 43.0, 57.5)) * 0.06;
        float off = abs(place.x - 0.5) * 2.0;
        gl_FragColor = vec4(0.1 + 0.26 * far, 0.02 + 0.2 * mid_rock + 0.08 * off, 0.02 + 0.05 * noise(vec2(x * 4.0, 61.5)) + 0.07 * off * off, 1.0);
    } else {
        float px = canvas.x / RENDERSIZE.x;
        vec3 color = IMG_NORM_PIXEL(water, place).rgb;
        vec4 bank = texelFetch(lines, ivec2(int(gl_FragCoord.x), 0), 0);
        vec3 haze = color;
        float crisp = canvas.y / px;
        color = mix(color, mix(haze * 0.6, lin(shade) * 0.14, 0.35), clamp((bank.x - place.y) * crisp * 0.25 + 0.5, 0.0, 1.0));

        // A school of fish: each keeps its place in the swarm, which turns as one.
        vec2 swarm = vec2(0.42 * sway(clock * 0.035 + seed * 0.13) * canvas.x, 0.06 + 0.14 * sway(clock * 0.05 + seed * 0.31));
        float heading = sway(clock * 0.035 + 0.25 + seed * 0.13) < 0.0 ? -1.0 : 1.0;
        vec2 school = (uv - swarm) * vec2(heading, 1.0);
        school.y += 0.06 * sway(school.x * 1.1 - clock * 0.4);
        vec2 grid = school * vec2(11.0, 19.0);
        grid.x += 0.5 * floor(grid.y);
        vec2 cell = floor(grid);
        float own = hash(ivec2(cell) + ivec2(int(seed), 5));
        vec2 at = (grid - cell - 0.5 - 0.3 * (fract(vec2(own * 57.0, own * 91.0)) - 0.5)) / vec2(11.0, 19.0);
        at.y += 0.0025 * sway(at.x * 14.0 + clock * 9.0 + own);
        float scale = 0.7 + 0.5 * fract(own * 7.0);
        float along = at.x / (0.03 * scale);
        float bodywidth = 0.0075 * scale * max(1.0 - along * along, 0.0) * (1.0 - 0.25 * along);
        float tail = max(1.0 - abs(along + 1.18) * 3.4, 0.0) * 0.0065 * scale * clamp(-along - 0.85, 0.0, 1.0) * 3.0;
        float fish_here = clamp((max(bodywidth, tail) - abs(at.y)) / px + 0.5, 0.0, 1.0) * step(0.0001, max(bodywidth, tail));
        float in_school = step(length(school * vec2(1.0, 1.9)) + 0.12 * fract(own * 29.0), 0.16 + 0.24 * fish) * step(0.12, own);
        float flank = clamp(0.5 + at.y * 90.0, 0.0, 1.0);
        vec3 scales = mix(lin(ink) * 0.3 + haze * 0.25, mix(lin(primary), lin(light), 0.3 * flank), 0.25 + 0.35 * flank + 0.4 * snare * fract(own * 13.0));
        color = mix(color, scales * (0.45 + 0.4 * energy), fish_here * in_school);

        // Nearer rock and weed are dark and frame the view.
        color = mix(color, mix(haze * 0.22, lin(ink) * 0.16, 0.6), clamp((bank.y - place.y) * crisp * 0.5 + 0.5, 0.0, 1.0));
        float ground = (bank.z - 0.5) * canvas.y;
        float near = stalk(uv, 0.0, ground, clock, canvas.x);
        near = min(near, stalk(uv, 1.0, ground, clock, canvas.x));
        near = min(near, stalk(uv, 2.0, ground, clock, canvas.x));
        near = min(near, stalk(uv, 3.0, ground, clock, canvas.x));
        near = min(near, uv.y - ground);
        color = mix(color, lin(ink) * 0.05 + haze * 0.04, clamp(-near / px + 0.5, 0.0, 1.0));

        // Bubbles rise, a rim of light on each; specks drift.
        vec2 rise = (uv + vec2(0.012 * sway(uv.y * 2.0 + clock), -clock * 0.55)) * 8.0 + seed;
        vec2 hold = floor(rise);
        float mine = hash(ivec2(hold));
        vec2 spot = rise - hold - 0.25 - 0.5 * fract(vec2(mine * 57.0, mine * 91.0));
        float size = 0.02 + 0.075 * fract(mine * 7.0) * fract(mine * 7.0);
        float from = length(spot);
        float rim = max(1.0 - abs(from - size) / (px * 11.0), 0.0) * 0.7 + ramp(size * 0.6, 0.0, length(spot - size * vec2(-0.3, 0.4)));
        color += mix(lin(accent), lin(light), 0.6) * rim * step(0.78, mine) * step(from, size + 0.03) * (0.05 + 0.15 * energy + 0.55 * hat + 0.1 * level);
        vec2 frame = place - 0.5;
        gl_FragColor = vec4(develop(color * (1.08 - 0.8 * dot(frame, frame))), 1.0);
    }
}
