/*{
  "DESCRIPTION": "Deep in a wood: trunks one behind another, shafts of light that swell with the song, motes in the air.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Places"],
  "SONGREEL": {
    "family": "places",
    "energy": [0.0, 0.65],
    "moods": ["calm", "mystic", "organic", "hopeful"],
    "words": {
      "en": ["forest", "woods", "trees", "light shafts", "nature", "acoustic", "folk"],
      "zh": ["森林", "树林", "光束", "自然", "民谣", "原声"]
    },
    "resolution": 0.46
  },
  "INPUTS": [
    {"NAME": "trees", "LABEL": "Trees", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "shafts", "LABEL": "Shafts of light", "TYPE": "float", "DEFAULT": 0.6, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "mist", "LABEL": "Mist", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
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
    {"TARGET": "glow", "WIDTH": "$WIDTH/3", "HEIGHT": "$HEIGHT/3", "FLOAT": true},
    {"TARGET": "wood", "WIDTH": "$WIDTH", "HEIGHT": "3", "FLOAT": true},
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

// The trunks of a row in a column: how much of it they cover, and the side of the trunk (-1...1) that is seen.
vec2 trunks(float across, int row, float px) {
    float near = float(row) / 3.0;
    float size = mix(0.055, 0.36, near * near);
    float drift = (TIME * 0.0022 + travel * 0.0035) * (0.4 + 3.0 * near);
    float x = across + drift + seed * 1.91 + float(row) * 5.7;
    vec2 best = vec2(0.0);
    for (int k = 0; k < 3; k++) {
        float cell = floor(x / size) + float(k - 1);
        float own = hash(ivec2(int(cell), row * 57 + int(seed) * 3));
        float center = (cell + 0.5 + 0.7 * (fract(own * 17.0) - 0.5)) * size;
        float half_width = size * (0.06 + 0.1 * own * own) * step(0.72 - 0.6 * trees, fract(own * 29.0));
        float off = x - center;
        float cover = clamp((half_width - abs(off)) / (px * 1.4) + 0.5, 0.0, 1.0) * step(0.0001, half_width);
        best = cover > best.x ? vec2(cover, clamp(off / max(half_width, 0.0001), -1.0, 1.0)) : best;
    }
    return best;
}

// Height of the undergrowth: banks, on them fronds that arch.
float bank(float across, float near) {
    float x = across + (TIME * 0.0022 + travel * 0.0035) * (0.4 + 3.0 * near) + seed * 3.1 + near * 9.0;
    float clump = noise(vec2(x * 5.0, near * 5.0 + 1.5));
    float frond = abs(sway(x * mix(23.0, 9.0, near) + 1.7 * noise(vec2(x * 6.0, 2.5))));
    float blade = abs(sway(x * mix(61.0, 33.0, near) + 0.9 * noise(vec2(x * 19.0, 4.5))));
    float tall = mix(0.02, 0.075, near) * clump * clump;
    return mix(0.17, 0.045, near) + 0.07 * noise(vec2(x * 1.9, near * 7.0)) + tall * (frond * 1.3 + blade * 0.5);
}

// A leaf in each cell of a plane, where the bough is thick enough to bear it.
float spray(vec2 at, float thick, float px) {
    vec2 cell = floor(at);
    float own = hash(ivec2(cell));
    vec2 off = at - cell - 0.5 - 0.25 * (fract(vec2(own * 57.0, own * 91.0)) - 0.5);
    vec2 lie = vec2(0.93 - 0.6 * fract(own * 13.0), -0.35 - 0.5 * fract(own * 29.0));
    vec2 q = vec2(off.x * lie.x + off.y * lie.y, off.y * lie.x - off.x * lie.y);
    float half_wide = 0.34 - q.x * q.x * 1.1;
    return clamp((half_wide * 0.62 - abs(q.y)) / px + 0.5, 0.0, 1.0) * clamp((thick + 0.12 - 0.2 * fract(own * 7.0)) * 30.0, 0.0, 1.0);
}

void main() {
    vec2 place = isf_FragNormCoord;
    float aspect = PASSINDEX == 1 ? IMG_SIZE(glow).x / IMG_SIZE(glow).y : RENDERSIZE.x / RENDERSIZE.y;
    vec2 canvas = vec2(aspect, 1.0) / min(aspect, 1.0);
    float px = canvas.x / RENDERSIZE.x;
    vec2 uv = vec2((place.x - 0.5) * canvas.x, place.y * canvas.y);
    float side = fract(seed * 0.618) - 0.5;
    vec2 sun = vec2(side * 0.8 * canvas.x, 0.8 * canvas.y);
    float clock = TIME * 0.018 + travel * 0.02;
    if (PASSINDEX == 0) {
        // The light between the trees: warm where the sun stands, cool away from it; shafts fall from it.
        vec2 off = uv - sun;
        float far = length(off * vec2(1.0, 0.8));
        float clearing = fade(far * 2.2);
        vec2 from = uv - sun - vec2(0.0, 0.28);
        float slope = from.x / (0.12 - from.y) + seed;
        float rays = noise(vec2(slope * 4.5 + clock, clock * 2.0)) * noise(vec2(slope * 11.0 - clock, 7.0 + clock * 1.5));
        rays += 0.35 * noise(vec2(slope * 24.0 + clock * 0.7, 3.0 + clock));
        rays = ramp(0.22, 0.8, rays) * fade(max(far - 0.1, 0.0) * 1.1);
        vec3 warm = mix(lin(accent), lin(light), 0.3);
        vec3 cool = mix(lin(shade) * 1.5, lin(primary), 0.2);
        float burn = 0.4 + 0.55 * energy + 0.2 * bass + 0.25 * drop;
        vec3 color = mix(lin(shade) * 0.42 + lin(ink) * 0.1, cool * (0.34 + 0.34 * energy), fade(far * 1.3));
        float leaves = noise(uv * 6.0 + seed) * 0.45 + noise(uv * 13.0 + 3.0 + seed) * 0.33 + noise(uv * 29.0 + TIME * 0.02) * 0.22;
        float bush = ramp(0.4, 0.62, leaves + 0.22 * abs(place.y - 0.42) - 0.06);
        color = mix(color, mix(lin(shade), lin(primary), 0.4 * clearing) * (0.2 + 0.25 * energy), bush * 0.55 * (1.0 - clearing * 0.7));
        color += warm * clearing * clearing * burn * 1.5 + mix(warm, lin(light), 0.6) * fade(far * 9.0) * burn;
        float low = fade(abs(place.y - 0.22) * 7.0) * (0.35 + 0.85 * noise(vec2(uv.x * 2.0 + clock * 3.0, uv.y * 6.0)));
        color += mix(cool, warm, 0.25 + 0.55 * clearing) * low * mist * (0.22 + 0.35 * energy + 0.2 * bass);
        float shaft = rays * shafts * (0.3 + 0.55 * energy + 0.3 * level + 0.5 * kick + 0.3 * drop + 0.3 * build);
        gl_FragColor = vec4(color, shaft);
    } else if (PASSINDEX == 1) {
        int line = int(gl_FragCoord.y);
        if (line < 2) {
            gl_FragColor = vec4(trunks(uv.x, line * 2, px), trunks(uv.x, line * 2 + 1, px));
        } else {
            gl_FragColor = vec4(bank(uv.x, 0.0), bank(uv.x, 0.5), bank(uv.x, 1.0), 0.0);
        }
    } else {
        vec4 lit = IMG_NORM_PIXEL(glow, place);
        float lean = 0.012 * sway(uv.y * 0.37 + uv.x * 0.9 + seed) + 0.02 * (fract(seed * 0.377) - 0.5) * uv.y;
        vec4 back = IMG_NORM_PIXEL(wood, vec2(place.x + lean * 0.5 / canvas.x, 0.1667));
        vec4 front = IMG_NORM_PIXEL(wood, vec2(place.x + lean * 2.0 / canvas.x, 0.5));
        vec3 banks = texelFetch(wood, ivec2(int(gl_FragCoord.x), 2), 0).rgb;
        vec3 warm = mix(lin(accent), lin(light), 0.3);
        vec3 ray = warm * lit.a * 0.2;
        float toward = uv.x > sun.x ? -1.0 : 1.0;
        vec4 round_at = vec4(back.y, back.w, front.y, front.w) * toward;
        vec4 rim = max(round_at - 0.3, 0.0);
        rim *= rim * 2.4;
        vec3 grow = clamp((banks - uv.y) / (px * 1.5) + 0.5, 0.0, 1.0);
        float bump = noise(vec2(uv.x * 42.0, uv.y * 5.0));
        float reach = fade(length(uv - sun) * 1.6);
        float bright = (0.22 + 0.35 * energy + 0.45 * kick) * reach * (0.4 + bump);
        vec3 bark = mix(lin(ink), lin(shade), 0.25) * 0.16;
        vec3 color = lit.rgb;
        color = mix(color, lit.rgb * (0.42 + 0.3 * rim.x) + bark * 0.5, back.x * 0.85);
        color = mix(color, lit.rgb * 0.2 + bark + warm * rim.y * bright * 0.6, back.z);
        color += ray * 0.5;
        vec3 moss = mix(lin(shade) * 1.3, lin(primary), 0.2);
        color = mix(color, lit.rgb * 0.18 + moss * (0.05 + 0.12 * energy) * (0.5 + reach), grow.x * 0.92);
        color = mix(color, lit.rgb * 0.06 + bark * (0.6 + 0.5 * bump) + warm * rim.z * bright, front.x);
        float crest = clamp(1.0 - (banks.y - uv.y) * 22.0, 0.0, 1.0);
        color = mix(color, lit.rgb * 0.07 + moss * (0.012 + 0.07 * crest * reach * (0.5 + energy)) + bark * 0.4, grow.y);
        color += ray * 0.75;
        color = mix(color, bark * (0.35 + 0.5 * bump) + warm * rim.w * bright, front.z);
        color = mix(color, bark * 0.3 + moss * 0.008, grow.z);

        // Boughs hang into the picture from above, leaf by leaf at their edges.
        vec2 hung = uv + vec2(0.012 * sway(TIME * 0.05 + uv.y * 0.7) * (1.0 + 1.5 * bass), 0.0);
        float bough = noise(hung * vec2(3.1, 4.4) + seed) + (place.y - 1.02) * 1.9 + 0.55 * abs(place.x - 0.5 - side * 0.4) - 0.4;
        float leaf = clamp(max(spray(hung * 21.0, bough, px * 21.0), spray(hung.yx * 27.0 + 5.3, bough, px * 27.0)) + clamp(bough * 5.0 - 1.1, 0.0, 1.0), 0.0, 1.0);
        float thin = clamp(1.0 - bough * 4.0, 0.0, 1.0);
        color = mix(color, bark * 0.5 + (moss * 0.25 + warm * 0.35 * reach) * thin * reach * (0.25 + 0.4 * energy + 0.3 * kick), leaf);

        // Motes drift in the shafts; hats and snares light them.
        vec2 grid = uv * 15.0 + vec2(TIME * 0.07 + 0.6 * sway(TIME * 0.02 + uv.y * 0.4), -TIME * 0.05);
        vec2 cell = floor(grid);
        float own = hash(ivec2(cell) + int(seed));
        vec2 spot = grid - cell - 0.25 - 0.5 * fract(vec2(own * 57.0, own * 91.0));
        float mote = max(1.0 - dot(spot, spot) * (120.0 + 900.0 * fract(own * 7.0)), 0.0) * step(0.62, own);
        color += (warm + lin(light) * 0.3) * mote * (lit.a + 0.25 * reach) * (0.3 + 0.9 * hat + 0.9 * snare);
        vec2 frame = place - 0.5;
        gl_FragColor = vec4(develop(color * (1.12 - 0.9 * dot(frame, frame))), 1.0);
    }
}
