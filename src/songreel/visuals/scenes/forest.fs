/*{
  "DESCRIPTION": "Deep in a wood: trunks one behind another, shafts of light that swell with the song, motes in the air.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Places"],
  "SONGREEL": {
    "family": "places",
    "energy": [0.0, 0.6],
    "moods": ["calm", "mystic", "organic", "hopeful"],
    "words": {
      "en": ["forest", "woods", "trees", "light shafts", "nature", "acoustic", "folk"],
      "zh": ["森林", "树林", "光束", "自然", "民谣", "原声"]
    },
    "resolution": 0.5
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
    {"NAME": "drop", "LABEL": "Drop", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "travel", "LABEL": "Travel", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 36000.0},
    {"NAME": "seed", "LABEL": "Seed", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1000.0},
    {"NAME": "ink", "LABEL": "Ink", "TYPE": "color", "DEFAULT": [0.047, 0.09, 0.078, 1.0]},
    {"NAME": "shade", "LABEL": "Shade", "TYPE": "color", "DEFAULT": [0.137, 0.259, 0.227, 1.0]},
    {"NAME": "primary", "LABEL": "Primary", "TYPE": "color", "DEFAULT": [0.847, 0.635, 0.29, 1.0]},
    {"NAME": "accent", "LABEL": "Accent", "TYPE": "color", "DEFAULT": [0.561, 0.71, 0.451, 1.0]},
    {"NAME": "light", "LABEL": "Light", "TYPE": "color", "DEFAULT": [1.0, 0.953, 0.839, 1.0]}
  ],
  "PASSES": [
    {"TARGET": "glow", "WIDTH": "$WIDTH/4", "HEIGHT": "$HEIGHT/4", "FLOAT": true},
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

// Trunks of a row in a column of the picture: how much they cover, and how the light rounds them.
vec2 trunks(float across, int row, float px) {
    float near = float(row) / 3.0;
    float size = mix(0.05, 0.34, near * near);
    float drift = (TIME * 0.0022 + travel * 0.0035) * (0.4 + 3.0 * near);
    float x = across + drift + seed * 1.91 + float(row) * 5.7;
    vec2 best = vec2(0.0);
    for (int k = 0; k < 3; k++) {
        float cell = floor(x / size) + float(k - 1);
        float own = hash(ivec2(int(cell), row * 57 + int(seed) * 3));
        float center = (cell + 0.5 + 0.7 * (fract(own * 17.0) - 0.5)) * size;
        float half_width = size * (0.06 + 0.1 * own * own) * step(0.72 - 0.6 * trees, fract(own * 29.0));
        float off = x - center;
        float cover = clamp((half_width - abs(off)) / px + 0.5, 0.0, 1.0) * step(0.0001, half_width);
        best = cover > best.x ? vec2(cover, clamp(off / max(half_width, 0.0001), -1.0, 1.0)) : best;
    }
    return best;
}

// Height of the undergrowth: banks and blades of grass.
float bank(float across, float near) {
    float x = across + (TIME * 0.0022 + travel * 0.0035) * (0.4 + 3.0 * near) + seed * 3.1 + near * 9.0;
    float blades = abs(sway(x * 31.0 + 0.9 * noise(vec2(x * 9.0, 1.5)))) * noise(vec2(x * 47.0, 5.5));
    return mix(0.15, 0.035, near) + 0.06 * noise(vec2(x * 1.9, near * 7.0)) + mix(0.012, 0.06, near) * blades;
}

void main() {
    vec2 place = isf_FragNormCoord;
    float aspect = PASSINDEX == 1 ? IMG_SIZE(glow).x / IMG_SIZE(glow).y : RENDERSIZE.x / RENDERSIZE.y;
    vec2 canvas = vec2(aspect, 1.0) / min(aspect, 1.0);
    float px = canvas.x / RENDERSIZE.x;
    vec2 uv = vec2((place.x - 0.5) * canvas.x, place.y * canvas.y);
    float side = fract(seed * 0.618) - 0.5;
    vec2 sun = vec2(side * 0.9 * canvas.x, 1.06 * canvas.y);
    if (PASSINDEX == 0) {
        // The light between the trees: a clearing, and shafts that fall from it.
        vec2 off = uv - sun;
        float far = length(off);
        float clearing = fade(length(off * vec2(1.0, 0.7)) * 2.1);
        float angle = off.x / (0.25 - off.y) * 2.6 + seed;
        float clock = TIME * 0.018 + travel * 0.02;
        float rays = noise(vec2(angle * 1.6 + clock, clock * 2.0)) * noise(vec2(angle * 4.3 - clock, 7.0 + clock * 1.5));
        rays += 0.35 * noise(vec2(angle * 9.0 + clock * 0.7, 3.0));
        rays = ramp(0.22, 0.85, rays) * clamp(1.35 - far * 0.7, 0.0, 1.0);
        float leaves = noise(uv * 5.0 + seed) * 0.5 + noise(uv * 11.0 + 3.0 + seed) * 0.3 + noise(uv * 24.0 + TIME * 0.02) * 0.2;
        float canopy = ramp(0.42, 0.62, leaves + (place.y - 0.86) * 1.6);
        vec3 warm = mix(lin(primary), lin(light), 0.25);
        vec3 color = mix(lin(shade) * 0.55, lin(ink) * 0.4, ramp(0.2, 1.0, far)) + mix(lin(accent), lin(primary), 0.5) * clearing * (0.34 + 0.3 * energy + 0.15 * bass);
        color += warm * clearing * clearing * (0.3 + 0.4 * energy + 0.25 * kick + 0.25 * drop);
        float mist_low = fade(abs(place.y - 0.2) * 8.0) * (0.4 + 0.8 * noise(vec2(uv.x * 2.0 + clock * 3.0, uv.y * 5.0)));
        color += mix(lin(shade), lin(accent), 0.45) * mist_low * mist * (0.25 + 0.3 * energy + 0.2 * bass);
        color *= 1.0 - 0.75 * canopy;
        float shaft = rays * shafts * (0.28 + 0.5 * energy + 0.35 * level + 0.45 * kick + 0.3 * drop);
        gl_FragColor = vec4(color * 0.85 + warm * shaft * 0.3, shaft);
    } else if (PASSINDEX == 1) {
        int line = int(gl_FragCoord.y);
        if (line < 2) {
            gl_FragColor = vec4(trunks(uv.x, line * 2, px), trunks(uv.x, line * 2 + 1, px));
        } else {
            gl_FragColor = vec4(bank(uv.x, 0.0), bank(uv.x, 0.5), bank(uv.x, 1.0), 0.0);
        }
    } else {
        vec4 lit = IMG_NORM_PIXEL(glow, place);
        int column = int(gl_FragCoord.x);
        float lean = (0.012 * sway(uv.y * 0.37 + uv.x * 0.9 + seed) + 0.02 * (fract(seed * 0.377) - 0.5) * uv.y) / px;
        int shifted = clamp(column + int(lean * 0.5), 0, int(RENDERSIZE.x) - 1);
        vec4 back = texelFetch(wood, ivec2(shifted, 0), 0);
        vec4 front = IMG_NORM_PIXEL(wood, vec2((gl_FragCoord.x + lean * 2.0) / RENDERSIZE.x, 0.5));
        vec3 banks = texelFetch(wood, ivec2(column, 2), 0).rgb;
        vec3 warm = mix(lin(primary), lin(light), 0.25);
        vec3 ray = warm * lit.a * 0.2;
        float toward = side > 0.0 ? 1.0 : -1.0;
        vec4 round_at = vec4(back.y, back.w, front.y, front.w) * toward;
        vec4 rim = max(round_at - 0.35, 0.0);
        rim *= rim * 2.2;
        vec3 grow = clamp((banks - uv.y) / (px * 1.5) + 0.5, 0.0, 1.0);
        vec3 bark = lin(ink) * 0.14;
        float bright = 0.5 + 0.6 * energy + 0.5 * kick;
        float bump = noise(vec2(uv.x * 42.0, uv.y * 5.0)) * 0.5 + 0.5;
        vec3 color = lit.rgb;
        color = mix(color, lit.rgb * (0.5 + 0.5 * rim.x) + bark * 0.3, back.x);
        color = mix(color, lit.rgb * 0.3 + bark * 0.6 + warm * rim.y * lit.g * bright * bump, back.z);
        color += ray * 0.5;
        color = mix(color, lit.rgb * 0.22 + bark * 0.5, grow.x * 0.9);
        color = mix(color, lit.rgb * 0.12 + bark * bump + warm * rim.z * lit.g * bright * bump, front.x);
        color = mix(color, lit.rgb * 0.09 + bark * 0.6, grow.y);
        color += ray * 0.8;
        color = mix(color, bark * (0.5 + 0.5 * bump) + warm * rim.w * lit.g * bright * bump * 0.8, front.z);
        color = mix(color, bark * 0.45, grow.z);

        // Motes drift in the shafts; hats and snares light them.
        vec2 grid = uv * 17.0 + vec2(TIME * 0.07 + 0.6 * sway(TIME * 0.02 + uv.y * 0.4), -TIME * 0.05);
        vec2 cell = floor(grid);
        float own = hash(ivec2(cell) + int(seed));
        vec2 spot = grid - cell - 0.25 - 0.5 * fract(vec2(own * 57.0, own * 91.0));
        float mote = max(1.0 - dot(spot, spot) * (140.0 - 60.0 * own), 0.0) * step(0.6, own);
        color += (warm + lin(light) * 0.3) * mote * (lit.a + 0.15 * lit.g) * (0.35 + 0.9 * hat + 0.9 * snare);
        vec2 frame = place - 0.5;
        gl_FragColor = vec4(develop(color * (1.1 - 0.9 * dot(frame, frame))), 1.0);
    }
}
