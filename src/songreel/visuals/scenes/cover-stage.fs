/*{
  "DESCRIPTION": "The cover as a card that floats before its own blurred light, with a soft shadow and a reflection; a record turns when there is no cover.",
  "CREDIT": "Songreel",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Cover"],
  "SONGREEL": {
    "family": "cover",
    "energy": [0.0, 1.0],
    "moods": ["clean", "elegant", "warm", "intimate"],
    "words": {
      "en": ["cover", "album art", "artwork", "record", "minimal", "single"],
      "zh": ["封面", "专辑", "唱片", "简约"]
    },
    "resolution": 0.57
  },
  "INPUTS": [
    {"NAME": "cover", "LABEL": "Cover", "TYPE": "image"},
    {"NAME": "card", "LABEL": "Size of the card", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "lean", "LABEL": "Lean", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "glow", "LABEL": "Glow", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "bass", "LABEL": "Bass", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "kick", "LABEL": "Kick", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
    {"NAME": "snare", "LABEL": "Snare", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0},
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
    {"TARGET": "small", "WIDTH": "40", "HEIGHT": "40", "FLOAT": true},
    {"TARGET": "soft", "WIDTH": "40", "HEIGHT": "40", "FLOAT": true},
    {"TARGET": "face", "WIDTH": "floor(min($WIDTH, $HEIGHT) * 0.7)", "HEIGHT": "floor(min($WIDTH, $HEIGHT) * 0.7)"},
    {"TARGET": "stage", "WIDTH": "$WIDTH/3", "HEIGHT": "$HEIGHT/3", "FLOAT": true},
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
// Halve with each step of x from 0 on, nearly; an eighth of the cost of exp2.
float fade(float x) {
    return 1.0 / (1.0 + x * (0.6931 + x * (0.2402 + x * (0.0555 + x * 0.0096))));
}

// The smooth step, whose division is done once when the edges are constant.
float ramp(float from, float to, float x) {
    float t = clamp((x - from) * (1.0 / (to - from)), 0.0, 1.0);
    return t * t * (3.0 - 2.0 * t);
}
// A wave -1...1 with a period of one, softer than a triangle and cheaper than a sine.
float sway(float x) {
    float t = abs(fract(x) * 2.0 - 1.0);
    return t * t * (6.0 - 4.0 * t) - 1.0;
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
// Light of the cover, or of the palette where there is no cover.
vec3 art(vec2 at, float given) {
    vec4 look = IMG_NORM_PIXEL(cover, at);
    vec2 from = at - vec2(0.3 + 0.4 * fract(seed * 0.618), 0.4);
    float mixed = clamp(at.y * 0.8 + 0.35 * sway(at.x * 0.4 + seed * 0.21), 0.0, 1.0);
    vec3 own = mix(lin(primary), lin(shade) * 0.8, mixed);
    own = mix(own, lin(accent), fade(dot(from, from) * 26.0) * 0.85);
    return mix(own, look.rgb * look.rgb * look.a, given);
}

float box(vec2 at, float side, float corner) {
    vec2 q = abs(at) - side + corner;
    return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - corner;
}

// A record seen from above: grooves that catch two lamps, gaps between the songs, a label that turns.
vec3 record(vec2 at, float px) {
    float spin = (TIME * 0.03 + travel * 0.055);
    float from = length(at) + 0.0001;
    vec2 ray = at / from;
    float wobble = 0.06 * sway(spin * 2.0);
    float along = dot(ray, vec2(0.64 + wobble, 0.768));
    float cross_way = dot(ray, vec2(0.768, -0.64 - wobble));
    along *= along;
    cross_way *= cross_way;
    float sheen = along * along * along;
    float second = cross_way * cross_way * cross_way * cross_way;
    float groove = 1.0 + 0.3 * sway(from * 42.0) + 0.12 * sway(from * 17.0 + 0.3);
    float gap = clamp(abs(fract(from * 4.3 + 0.15) - 0.5) * 40.0 - 0.3, 0.0, 1.0);
    vec3 color = lin(ink) * 0.1 + vec3(0.004);
    vec3 lamps = mix(lin(light), lin(accent), 0.45) * sheen * 0.34 + lin(primary) * second * 0.3;
    color += lamps * groove * (0.35 + 0.65 * gap) * (0.55 + 0.35 * energy + 0.35 * kick);
    float c = cos(spin * 6.2831853);
    float s = sin(spin * 6.2831853);
    vec2 label_at = vec2(at.x * c - at.y * s, at.x * s + at.y * c) / 0.36;
    float band = label_at.y + 0.32 * sway(label_at.x * 0.3 + seed * 0.13);
    vec3 label = mix(lin(primary), lin(accent), clamp((band + 0.05) / (px * 8.0) + 0.5, 0.0, 1.0));
    label = mix(label, lin(light), clamp((0.09 - abs(band - 0.3)) / (px * 4.0) + 0.5, 0.0, 1.0));
    vec2 dot_at = label_at - vec2(0.38, -0.42);
    label = mix(label, lin(light), clamp((0.16 - length(dot_at)) / (px * 4.0) + 0.5, 0.0, 1.0));
    color = mix(color, label * (0.7 + 0.2 * along), clamp((0.36 - from) / px + 0.5, 0.0, 1.0));
    color *= 1.0 - 0.5 * clamp(1.0 - abs(from - 0.345) / (px * 1.5), 0.0, 1.0);
    color = mix(color, lin(ink) * 0.05, clamp((0.03 - from) / px + 0.5, 0.0, 1.0));
    return color + lin(light) * clamp(1.0 - abs(from - 0.985) / (px * 1.5), 0.0, 1.0) * 0.12;
}

void main() {
    float given = step(2.0, IMG_SIZE(cover).x);
    vec2 at = isf_FragNormCoord;
    if (PASSINDEX == 0) {
        vec3 sum = vec3(0.0);
        for (int i = 0; i < 16; i++) {
            sum += art(at + (vec2(float(i % 4), float(i / 4)) - 1.5) / 160.0, given);
        }
        gl_FragColor = vec4(sum / 16.0, 1.0);
    } else if (PASSINDEX == 1) {
        vec3 sum = vec3(0.0);
        float weight = 0.0;
        for (int i = 0; i < 81; i++) {
            vec2 off = vec2(float(i % 9) - 4.0, float(i / 9) - 4.0);
            float w = fade(dot(off, off) * 0.16);
            sum += IMG_NORM_PIXEL(small, clamp(at + off / 40.0, 0.02, 0.98)).rgb * w;
            weight += w;
        }
        gl_FragColor = vec4(sum / weight, 1.0);
    } else if (PASSINDEX == 2) {
        vec3 disc = record(at * 2.0 - 1.0, 2.0 / RENDERSIZE.x);
        gl_FragColor = vec4(mix(sqrt(disc), IMG_NORM_PIXEL(cover, at).rgb, given), 1.0);
    } else {
        vec2 canvas = RENDERSIZE / min(RENDERSIZE.x, RENDERSIZE.y);
        float px = canvas.x / RENDERSIZE.x;
        vec2 uv = (at - 0.5) * canvas;
        float slow = TIME * 0.011 + travel * 0.008;
        float upright = max(canvas.y - 1.0, 0.0);
        float side = (0.265 + 0.07 * card + 0.05 * upright) * (1.0 + 0.02 * kick + 0.02 * drop);
        vec2 center = vec2(0.0, 0.072 + 0.03 * upright + 0.006 * sway(slow * 9.0));
        float foot = -0.318 - 0.07 * upright;
        vec2 q = uv - center;
        if (PASSINDEX == 3) {
            // Backdrop: the cover far out of focus, brightest behind the card, on a table that is darker.
            vec2 look = 0.5 + uv * (0.55 - 0.03 * kick) / max(canvas.x, canvas.y);
            look += vec2(sway(slow + seed * 0.13), sway(slow * 0.77 + seed * 0.29)) * 0.12;
            float ground = clamp((foot - uv.y) * 26.0 + 0.5, 0.0, 1.0);
            look.y = mix(look.y, 1.0 - look.y, ground * 0.3);
            vec3 blur = IMG_NORM_PIXEL(soft, look).rgb;
            float mean = dot(blur, vec3(0.33));
            float lamp = fade(length(q * vec2(0.8, 1.0)) * (2.9 - 0.5 * energy - 0.3 * bass));
            vec3 color = mix(vec3(mean), blur, 1.2) * (0.05 + (0.5 + 0.5 * energy + 0.25 * bass) * lamp) + lin(ink) * 0.12;
            color *= 1.0 - ground * (0.62 - 0.3 * fade(max(foot - uv.y, 0.0) * 9.0));
            color += blur * ground * fade(max(foot - uv.y, 0.0) * 26.0) * (0.05 + 0.12 * bass + 0.08 * energy);
            vec2 low = vec2(q.x, q.y + 0.03);
            float outline = mix(length(low) - side, box(low, side, 0.03), given);
            color *= 1.0 - 0.75 * fade(max(outline + 0.015, 0.0) * 20.0) * (1.0 - ground);
            float contact = length(vec2(q.x, (uv.y - foot) * 5.0)) - side * 0.8;
            color *= 1.0 - 0.6 * fade(max(contact, 0.0) * 9.0);
            float halo = fade(max(outline, 0.0) * 6.0) * (1.0 - ground);
            color += (blur * 0.6 + mix(lin(primary), lin(accent), 0.3) * 0.3) * halo * glow * (0.05 + 0.3 * bass + 0.3 * kick + 0.15 * energy);
            vec2 frame = at - 0.5;
            gl_FragColor = vec4(color * (1.1 - 0.9 * dot(frame, frame)), 1.0);
        } else {
            // The card leans a little, with perspective, and breathes with the kick; below the table's edge it is mirrored.
            vec3 color = IMG_NORM_PIXEL(stage, at).rgb;
            float tilt = sway(slow * 5.0 + seed * 0.17) * 0.22 * lean;
            float under = foot - uv.y;
            float below = step(0.0, under);
            q.y = mix(q.y, 2.0 * (foot - center.y) - q.y, below);
            vec2 flat_at = q * vec2(1.0 + abs(tilt) * 0.3, 1.0) / (1.0 + tilt * q.x * 1.5);
            float outline = mix(length(flat_at) - side, box(flat_at, side, 0.012), given);
            vec2 face_at = clamp(flat_at / (2.0 * side) + 0.5, 0.002, 0.998);
            vec3 picture = IMG_NORM_PIXEL(face, face_at).rgb;
            picture *= picture * (1.12 + 0.12 * kick);
            float gleam = abs(face_at.x * 0.8 + face_at.y * 0.45 - 0.62 - 0.9 * sway(slow * 3.0 + 0.1 * seed));
            picture += lin(light) * fade(gleam * 14.0) * (0.015 + 0.07 * snare) * given;
            picture += lin(light) * clamp(1.0 - abs(outline + px * 1.5) / (px * 2.0), 0.0, 1.0) * given * 0.15;
            float edge = clamp(-outline / (px * 1.2) + 0.5, 0.0, 1.0);
            float kept = mix(1.0, 0.46 * fade(max(under, 0.0) * 6.5), below);
            color = mix(color, picture, edge * kept);
            gl_FragColor = vec4(develop(color), 1.0);
        }
    }
}
