/*{
  "DESCRIPTION": "A city at night: rows of towers with lit windows, traffic drawn into trails of light, everything mirrored in the wet street.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Places"],
  "SONGREEL": {
    "family": "places",
    "energy": [0.25, 1.0],
    "moods": ["night", "urban", "cool", "driving"],
    "words": {
      "en": ["city", "skyline", "urban", "downtown", "night drive", "traffic", "towers"],
      "zh": ["城市", "夜景", "都市", "天际线", "车流", "霓虹"]
    },
    "resolution": 0.44
  },
  "INPUTS": [
    {"NAME": "density", "LABEL": "Lit windows", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "traffic", "LABEL": "Traffic", "TYPE": "float", "DEFAULT": 0.6, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "haze", "LABEL": "Haze", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "beatCount", "LABEL": "Beats so far", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 100000.0},
    {"NAME": "pulse", "LABEL": "Beat pulse", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "LABEL": "Bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "kick", "LABEL": "Kick", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "snare", "LABEL": "Snare", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "hat", "LABEL": "Hi-hat", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "level", "LABEL": "Loudness", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
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
    {"TARGET": "air", "WIDTH": "$WIDTH/6", "HEIGHT": "$HEIGHT/6", "FLOAT": true},
    {"TARGET": "plan", "WIDTH": "$WIDTH", "HEIGHT": "16", "FLOAT": true},
    {"TARGET": "skyline", "WIDTH": "$WIDTH", "HEIGHT": "$HEIGHT*0.7"},
    {"TARGET": "street", "WIDTH": "$WIDTH", "HEIGHT": "$HEIGHT*0.3"},
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

// Three numbers 0...1 from one hash.
vec3 hash3(ivec2 c) {
    uint n = uint(c.x) * 0x9E3779B1u ^ uint(c.y) * 0x85EBCA77u;
    n ^= n >> 15u;
    n *= 0x2C1B3C6Du;
    n ^= n >> 13u;
    n *= 0x297A2D39u;
    n ^= n >> 16u;
    return vec3(ivec3(uvec3(n, n >> 10u, n >> 20u) & 1023u)) * (1.0 / 1024.0);
}

const float STREET = 0.3;   // the share of the height below the horizon

float vanishing(float wide) {
    return (fract(seed * 0.618) - 0.5) * 0.42 * wide;
}

vec3 street_light() {
    return mix(lin(primary), lin(accent), 0.25);
}

float dome(vec2 at, float room, float vanish) {
    return fade(abs(at.x - vanish) * 1.5 + at.y / room * 4.0);
}

// What a column of the picture holds, for each of four rows of towers (far to near), in four lines of the plan:
// outline, height of the mast, its lamp, shading | place in the tower, roof, numbers | window size, lit share, row | lamp color.
vec4 plan_towers(float across, float room, float wide, float px, int line) {
    int row = line - 4 * (line / 4);
    float near = float(row) / 3.0;
    float size = mix(0.064, 0.2, near * near);
    float drift = TIME * 0.0012 + travel * 0.001;
    float along = across + seed * 3.37 + drift * (1.0 + 5.0 * near) + near * 3.3;
    float column = floor(along / size);
    vec3 r = hash3(ivec2(int(column), row * 131 + int(seed * 7.0)));
    float x = along - (column + 0.5) * size;
    float away = abs(across - x - vanishing(wide)) / wide;
    float rise = room * mix(0.52, 0.14 + 1.0 * ramp(0.03, 0.6, away), near);
    rise *= row == 3 ? ramp(0.14, 0.26, away) : 1.0;
    float top = rise * (0.3 + 0.5 * r.x * r.x + 0.25 * r.z);
    float half_width = size * (0.34 + 0.17 * r.y);
    float tier = fract(r.x * 7.0);
    float side = abs(x);
    float mast = r.x > 0.6 ? half_width * 1.4 * tier : 0.0;
    float roof = side < half_width * (0.9 - 0.5 * tier) ? top : (side < half_width ? top * (0.94 - 0.24 * tier) : -1.0);
    float outline = side < max(half_width * 0.03, px * 0.6) ? max(top + mast, roof) : roof;
    float lamp_size = half_width * 0.035 + px * 1.6;
    if (line < 4) {
        float lamp = r.x > 0.6 ? max(1.0 - x * x / (lamp_size * lamp_size), 0.0) : 0.0;
        return vec4(outline, top + mast, lamp, (0.88 - 0.27 * x / half_width));
    }
    if (line < 8) {
        return vec4(x + 40.0 * size, side < half_width * 0.93 ? roof : -1.0, column, 1.0);
    }
    vec3 style = hash3(ivec2(int(column) + 57, row * 57 + int(seed) + 401));
    if (line < 12) {
        vec2 pane = style.x < 0.45 ? vec2(0.075, 0.082) : (style.x < 0.8 ? vec2(0.2, 0.06) : vec2(0.05, 0.17));
        pane = max(pane * mix(0.064, 0.125, near), vec2(px * 2.6));
        float share = (0.12 + 0.5 * density) * (0.4 + 0.7 * energy) * (0.25 + 1.3 * style.y);
        return vec4(pane, share, float(row * 57 + int(seed)));
    }
    vec3 tint = mix(lin(light), lin(accent), clamp(style.z * 2.2 - 0.8, 0.0, 1.0));
    tint = mix(tint, lin(primary), fract(style.z * 5.0) > 0.72 ? 0.8 : 0.0);
    return vec4(tint * (0.75 + 0.25 * near) * (0.6 + 0.45 * level), 1.0);
}

// Sky: the light of the streets caught in haze and low cloud.
vec3 draw_air(vec2 at, float room, float vanish) {
    float high = at.y / room;
    float shift = seed * 3.37;
    float cloud = noise(vec2(at.x * 1.9 + TIME * 0.012 + shift, at.y * 5.0 - TIME * 0.004)) * 0.6;
    cloud += noise(vec2(at.x * 4.7 - TIME * 0.01, at.y * 13.0 + shift)) * 0.28;
    cloud += noise(vec2(at.x * 10.0 - TIME * 0.01, at.y * 31.0 + shift)) * 0.12;
    vec3 sky = mix(lin(shade) * 0.5, lin(ink) * 0.5, ramp(0.0, 0.8, high));
    sky += mix(lin(shade), lin(primary), 0.3) * (0.04 + 0.4 * cloud * cloud * (0.35 + 0.65 * energy)) * max(1.0 - 0.75 * high, 0.0);
    float lift = 0.2 + 0.4 * energy + 0.25 * bass + 0.2 * drop;
    return sky + street_light() * dome(at, room, vanish) * lift * (0.6 + 0.7 * cloud);
}

vec3 draw_skyline(vec2 at, float room, float vanish, float px) {
    vec3 sky = IMG_NORM_PIXEL(air, isf_FragNormCoord).rgb;
    float glow = dome(at, room, vanish);
    vec3 mist = mix(lin(shade), lin(primary), 0.25) * (0.1 + 0.25 * haze);
    mist += street_light() * glow * (0.15 + 0.3 * haze) * (0.6 + 0.6 * energy + 0.5 * kick);
    vec3 color = sky;
    vec3 far_body = sky * 0.35 + mist * 0.4;
    vec3 near_body = lin(ink) * 0.3 + lin(shade) * 0.035;
    mist *= 0.5 * fade(at.y / room * 7.0);
    float made = 0.0;
    float seen = 0.0;
    int row = 0;
    int column = int(gl_FragCoord.x);
    float crisp = 0.9 / px;
    for (int i = 0; i < 4; i++) {
        float near = float(i) / 3.0;
        vec4 tower = texelFetch(plan, ivec2(column, i), 0);
        float cover = clamp((tower.x - at.y) * crisp + 0.5, 0.0, 1.0);
        vec3 body = mix(far_body, near_body, 0.25 + 0.75 * near) * tower.w + mist * (1.0 - near * 0.85);
        color += (body - color) * cover;
        float above = (at.y - tower.y) * (0.55 * crisp);
        made = made * (1.0 - cover) + max(tower.z - above * above, 0.0);
        row = cover > 0.5 ? i : row;
        seen = max(seen, cover);
    }
    color += lin(primary) * made * (1.2 + 2.5 * pulse);

    // The facade of the foremost tower alone: single windows, ribbons of glass or narrow slots.
    vec4 front = texelFetch(plan, ivec2(column, 4 + row), 0);
    vec4 style = texelFetch(plan, ivec2(column, 8 + row), 0);
    vec3 lamp = texelFetch(plan, ivec2(column, 12 + row), 0).rgb;
    vec2 grid = vec2(front.x, at.y) / style.xy;
    vec2 spot = floor(grid);
    vec2 open = clamp((vec2(0.33, 0.28) - abs(grid - spot - 0.5)) * style.xy * crisp + 0.5, 0.0, 1.0);
    ivec2 pane = ivec2(spot);
    ivec2 who = ivec2(int(front.z), int(style.w));
    vec3 own = hash3(pane + who * ivec2(61, 977));
    float story = hash(ivec2(pane.y + 13, who.x + who.y * 71));
    float share = style.z * (0.35 + 1.3 * story);
    float life = fract(own.x + TIME * (0.002 + 0.003 * own.y));
    float lit = clamp(life * 150.0, 0.0, 1.0) * clamp((share - life) * 150.0, 0.0, 1.0);
    float flare = (own.y > 0.93 ? snare * 1.3 : 0.0) + (story > 0.93 ? kick * 0.8 : 0.0);
    float inside = at.y < front.y - style.y * 0.5 ? seen : 0.0;
    return color + lamp * ((lit + flare) * (0.14 + own.z * own.z) * open.x * open.y * inside);
}

// The wet street: what stands above it, smeared downwards, and lanes of traffic towards the vanishing point.
vec3 draw_street(vec2 uv, float down, float room, float vanish, float px) {
    float ripple = noise(vec2(uv.x * 26.0, down * 34.0 + TIME * 0.2)) - 0.5;
    vec2 mirror = vec2(isf_FragNormCoord.x + ripple * 0.05 * down, down * 1.25 / room);
    vec3 color = vec3(0.0);
    for (int i = 0; i < 3; i++) {
        vec3 tap = IMG_NORM_PIXEL(skyline, vec2(mirror.x, mirror.y * (0.86 + 0.14 * float(i)) + 0.002)).rgb;
        color += tap * tap * 0.333;
    }
    color = color * (0.35 + 0.6 * fade(down * 8.0) + 0.5 * ripple) + lin(ink) * 0.1;

    float bend = fract(seed * 0.371) - 0.5;
    float ground = max(down, px);
    float curve = vanish + bend * (fade(ground * 8.0) - 1.0) * 0.35;
    float lateral = (uv.x - curve) / ground;
    float lane = floor(lateral * 2.0);
    float line = abs(abs(lateral - (lane + 0.5) * 0.5) - 0.1);
    float side = lateral > 0.0 ? 1.0 : -1.0;
    float thick = 0.008 + 0.7 * px / ground;
    float trail = max(1.0 - line / (thick * 2.0), 0.0) * min(0.022 / thick, 1.0) + 0.12 * fade(line * 22.0);
    float far = 0.16 / ground;
    float path = far * 2.2 - side * travel * (1.1 + 0.3 * hash(ivec2(int(lane), 5))) + lane * 17.3;
    float run = noise(vec2(path * 0.35, lane * 3.7 + 0.5));
    float cars = ramp(0.8 - 0.75 * traffic * (0.35 + 0.65 * energy), 1.0, run + 0.12 * level);
    cars = mix(cars, 0.3, ramp(3.0, 9.0, far)) * ramp(2.05, 1.95, abs(lateral));
    vec3 beam = side < 0.0 ? mix(lin(light), lin(accent), 0.3) : mix(lin(primary), lin(light), 0.05);
    color += beam * trail * cars * (1.1 + 1.0 * kick + 0.6 * drop);

    // Hats glint on the wet ground.
    float glint = step(0.988, hash(ivec2(gl_FragCoord.xy / (RENDERSIZE.y * 0.005)) + ivec2(int(beatCount), 3)));
    return color + lin(light) * glint * hat * 0.5 * fade(abs(uv.x - vanish) * 1.5 + down * 6.0);
}

void main() {
    // Three passes cover the part above the horizon alone, and one the part below it.
    float aspect = RENDERSIZE.x / RENDERSIZE.y;
    vec2 place = isf_FragNormCoord;
    if (PASSINDEX < 4) {
        if (PASSINDEX > 0) {
            aspect = IMG_SIZE(air).x / IMG_SIZE(air).y;
        }
        place.y = PASSINDEX == 3 ? place.y * STREET : STREET + place.y * (1.0 - STREET);
    }
    vec2 canvas = vec2(aspect, 1.0) / min(aspect, 1.0);   // in units of the short side
    vec2 uv = vec2(place.x - 0.5, place.y - STREET) * canvas;
    float room = canvas.y * (1.0 - STREET);
    float vanish = vanishing(canvas.x);
    float px = canvas.x / RENDERSIZE.x;
    if (PASSINDEX == 0) {
        gl_FragColor = vec4(draw_air(uv, room, vanish), 1.0);
    } else if (PASSINDEX == 1) {
        gl_FragColor = plan_towers(uv.x, room, canvas.x, px, int(gl_FragCoord.y));
    } else if (PASSINDEX == 2) {
        gl_FragColor = vec4(sqrt(draw_skyline(uv, room, vanish, px)), 1.0);
    } else if (PASSINDEX == 3) {
        gl_FragColor = vec4(sqrt(draw_street(uv, max(-uv.y, px), room, vanish, px)), 1.0);
    } else {
        int edge = int(IMG_SIZE(street).y);
        ivec2 at = ivec2(gl_FragCoord.xy);
        vec3 color = at.y < edge ? texelFetch(street, at, 0).rgb : texelFetch(skyline, at - ivec2(0, edge), 0).rgb;
        color *= color;
        vec3 mixed = mix(street_light(), lin(light), 0.45) * (0.3 + 0.4 * bass + 0.35 * kick);
        color += mixed * fade(abs(uv.y) * 42.0 + abs(uv.x - vanish) * 6.0);
        vec2 frame = place - 0.5;
        gl_FragColor = vec4(develop(color * (1.0 - 0.6 * dot(frame, frame))), 1.0);
    }
}
