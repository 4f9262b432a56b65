/*{
  "DESCRIPTION": "A landscape printed in three inks on paper: grain makes the shading, the inks lie over each other a little out of register.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Graphic"],
  "SONGREEL": {
    "family": "graphic",
    "energy": [0.0, 0.85],
    "moods": ["warm", "playful", "nostalgic", "natural"],
    "words": {
      "en": ["risograph", "riso", "screen print", "silkscreen", "illustration", "linocut"],
      "zh": ["孔版印刷", "丝网印刷", "版画", "插画", "木刻"]
    },
    "resolution": 0.46
  },
  "INPUTS": [
    {"NAME": "grain", "LABEL": "Grain", "TYPE": "float", "DEFAULT": 0.55, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "slip", "LABEL": "Slip of the inks", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "hills", "LABEL": "Height of the hills", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "LABEL": "Bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "mid", "LABEL": "Mids", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "kick", "LABEL": "Kick", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "snare", "LABEL": "Snare", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "hat", "LABEL": "Hi-hat", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
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
    {"TARGET": "shape", "WIDTH": "$WIDTH/8", "HEIGHT": "$HEIGHT/8"},
    {"TARGET": "tops", "WIDTH": "$WIDTH", "HEIGHT": "2", "FLOAT": true},
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

// Height of a hill in a column; the paper is wider than it is high.
float hill(float x, int row) {
    float i = float(row);
    float drift = (TIME * 0.003 + travel * 0.011) * (0.3 + 0.5 * i * i * 0.3);
    float at = x * (1.1 - 0.14 * i) + drift + seed * 2.3 + i * 13.7;
    float wide = noise(vec2(at * 1.1, i * 7.0 + 0.5)) * 0.75 + noise(vec2(at * 2.3, i * 9.0 + 0.5)) * 0.25;
    float heave = 1.0 + 0.3 * bass * (1.0 - 0.2 * i);
    return (0.42 - 0.105 * i) + (wide - 0.5) * (0.2 + 0.3 * hills) * heave * (1.0 - 0.15 * i);
}

// The grain of an ink: how much of it lies here, where so much is meant.
float print_of(float amount, float speck) {
    float soft = 0.22;
    return clamp((amount - speck * (0.25 + 0.75 * grain) + soft * 0.5) / soft, 0.0, 1.0);
}

void main() {
    vec2 place = isf_FragNormCoord;
    if (PASSINDEX == 0) {
        // Its size tells the next pass the shape of the picture.
        gl_FragColor = vec4(1.0);
        return;
    }
    if (PASSINDEX == 1) {
        float x = place.x * IMG_SIZE(shape).x / IMG_SIZE(shape).y;
        int first = int(gl_FragCoord.y) * 2;
        float beyond = x + 0.012;
        gl_FragColor = vec4(hill(x, first), hill(x, first + 1), hill(beyond, first), hill(beyond, first + 1));
        return;
    }
    vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
    float px = canvas.x / RENDERSIZE.x;
    vec2 uv = (place - 0.5) * canvas;
    float slow = TIME * 0.006 + travel * 0.009;
    vec2 shift = vec2(0.0045, -0.003) * slip * (1.0 + 2.6 * kick + 0.8 * drop) + 0.001 * vec2(sway(slow * 3.0), sway(slow * 2.3));
    vec4 back = texelFetch(tops, ivec2(int(gl_FragCoord.x), 0), 0);
    vec4 front = texelFetch(tops, ivec2(int(gl_FragCoord.x), 1), 0);
    float crisp = canvas.y / px * 0.8;

    // Three specks of noise, one for each ink; they stand still, as on paper.
    ivec2 dot_at = ivec2(gl_FragCoord.xy);
    float speck = hash(dot_at);
    float other = fract(speck * 113.0);
    float third = fract(speck * 397.0);
    float fibre = fract(speck * 61.0) - 0.5;

    // Paper; quiet music prints on a darker, toned sheet.
    vec3 sheet = mix(lin(light), mix(lin(light), lin(accent), 0.4), 0.3) * (0.5 + 0.44 * energy + 0.14 * drop);
    vec3 color = sheet * (1.0 + 0.05 * fibre);
    vec3 red = mix(lin(primary), lin(primary) / (max(max(lin(primary).r, lin(primary).g), lin(primary).b) + 0.05), 0.35);
    vec3 blue = mix(lin(accent), lin(accent) / (max(max(lin(accent).r, lin(accent).g), lin(accent).b) + 0.05), 0.2);
    vec3 dark = mix(lin(shade), lin(ink), 0.25) + 0.01;

    // Sky: the second ink from above; clouds are left out of it.
    vec2 air = uv + shift * 0.6;
    float room = 0.5 * canvas.y;
    float sky = clamp((air.y + 0.12) / (room + 0.12), 0.0, 1.0);
    float cloud = 0.0;
    float drift = slow * 0.9;
    vec2 cloud_at = vec2(air.x * 1.15 + drift, air.y);
    float lane = floor((cloud_at.y - 0.06) * 7.5);
    float own = hash(ivec2(int(lane), int(floor(cloud_at.x * 0.8 + lane * 0.37)) + int(seed)));
    vec2 in_lane = vec2(fract(cloud_at.x * 0.8 + lane * 0.37) - 0.5, fract((cloud_at.y - 0.06) * 7.5) - 0.5);
    float bar = length(max(abs(in_lane * vec2(1.25, 0.133)) - vec2(0.14 + 0.14 * own, 0.0), 0.0)) - 0.042 - 0.012 * fract(own * 7.0);
    cloud = clamp(-bar / px * 0.8 + 0.5, 0.0, 1.0) * step(0.52, own) * step(0.0, lane);
    float sky_ink = print_of((0.1 + 0.55 * sky) * (0.75 + 0.25 * energy + 0.15 * mid), speck) * (1.0 - cloud * 0.85);
    color *= mix(vec3(1.0), blue, sky_ink * 0.9);

    // Sun: rings of sound around it, wider ones that open with the drop.
    vec2 sun_at = vec2((fract(seed * 0.618) - 0.5) * 0.5 * canvas.x, 0.1 * canvas.y + 0.035 * sway(slow * 0.7 + 0.2) + 0.02 * build);
    vec2 off = uv - sun_at;
    float far = length(off);
    float radius = 0.185 * (1.0 + 0.16 * kick + 0.06 * drop);
    float disc = clamp((radius - far) / px * 0.8 + 0.5, 0.0, 1.0);
    float shaded = print_of(0.98 - 0.62 * clamp(off.y / radius * 0.5 + 0.5, 0.0, 1.0) + 0.2 * energy, other);
    float ripple = clamp((abs(fract(far * 7.5 - slow * 4.0) - 0.5) - 0.27) / (px * 7.5) * 0.8 + 0.5, 0.0, 1.0);
    float open_by = clamp((0.1 * energy + 0.2 * kick + 0.75 * drop + 0.35 * build) * ramp(radius * 1.1, radius * 1.5, far) * fade(max(far - radius, 0.0) * 1.6), 0.0, 1.0);
    float rings = clamp((0.012 - abs(abs(far - radius - 0.075) - 0.033 * (0.6 + 0.6 * snare))) / px * 0.5 + 0.5, 0.0, 1.0) * (0.25 + 0.3 * energy + 0.8 * snare);
    float red_ink = max(disc * shaded, max(print_of(ripple * open_by, other), print_of(rings * 0.9, other)));
    color *= mix(vec3(1.0), red, clamp(red_ink, 0.0, 1.0));

    // Stars or birds: small marks that the hats print.
    vec2 mark_grid = uv * 9.0 + seed;
    vec2 mark_cell = floor(mark_grid);
    float mine = hash(ivec2(mark_cell));
    vec2 mark = mark_grid - mark_cell - 0.3 - 0.4 * fract(vec2(mine * 57.0, mine * 91.0));
    float plus = min(max(abs(mark.x) * 4.0, abs(mark.y)), max(abs(mark.x), abs(mark.y) * 4.0)) - 0.055 - 0.03 * hat;
    float printed = clamp(-plus / (px * 14.0) + 0.5, 0.0, 1.0) * step(0.83, mine) * step(radius * 1.6, far);
    color = mix(color, mix(sheet * 1.1, red * sheet, step(0.5, fract(mine * 13.0))), printed * (0.35 + 0.6 * hat));

    // Hills: each ink has its own; they darken where they lie over each other.
    float y = place.y;
    float y_red = y + shift.y / canvas.y;
    float h = clamp((back.x - y) * crisp + 0.5, 0.0, 1.0);
    float light_of = clamp(0.5 + (back.x - back.z) * 22.0, 0.0, 1.0);
    float under = back.x - y;
    color = mix(color, sheet, h * 0.6);
    color *= mix(vec3(1.0), blue, h * print_of(0.5 + 0.45 * light_of - 1.1 * under, other) * 0.95);
    color *= mix(vec3(1.0), red, h * print_of(0.55 - 2.6 * under - 0.15 * light_of, third) * 0.6);
    h = clamp((back.y - y_red) * crisp + 0.5, 0.0, 1.0);
    under = back.y - y;
    light_of = clamp(0.5 + (back.y - back.w) * 22.0, 0.0, 1.0);
    color = mix(color, sheet * 0.95, h * 0.75);
    color *= mix(vec3(1.0), red, h * print_of(0.95 - 2.0 * under * (1.0 - 0.5 * light_of) + 0.15 * mid, speck));
    color *= mix(vec3(1.0), blue, h * print_of(0.1 + 1.4 * under + 0.4 * light_of, third) * 0.5);
    h = clamp((front.x - y) * crisp + 0.5, 0.0, 1.0);
    under = front.x - y;
    light_of = clamp(0.5 + (front.x - front.z) * 22.0, 0.0, 1.0);
    color = mix(color, sheet * 0.85, h * 0.7);
    color *= mix(vec3(1.0), blue, h * print_of(0.95 - 1.3 * under, other));
    color *= mix(vec3(1.0), dark, h * print_of(0.2 + 0.55 * light_of + 1.2 * under, third) * 0.75);
    h = clamp((front.y - y_red) * crisp + 0.5, 0.0, 1.0);
    under = front.y - y;
    color = mix(color, sheet * 0.7, h * 0.55);
    color *= mix(vec3(1.0), dark, h * print_of(0.8 + 1.2 * under, speck) * 0.96);
    color *= mix(vec3(1.0), red, h * print_of(0.75 - 5.0 * under, other) * 0.8);

    // The sheet's own edges and the unevenness of the drum.
    color *= 1.0 + 0.08 * fibre + 0.06 * (noise(uv * 5.3 + seed) - 0.5);
    vec2 frame = place - 0.5;
    gl_FragColor = vec4(develop(color * (1.02 - 0.35 * dot(frame, frame))), 1.0);
}
