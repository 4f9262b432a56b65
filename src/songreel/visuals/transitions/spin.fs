/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The camera spins out of one picture and comes to rest in the next",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1, "LABEL": "0 is the picture before, 1 the one after"},
    {"NAME": "seed", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1000, "LABEL": "Which cut it is"}
  ],
  "PASSES": [
    {"TARGET": "coarse", "WIDTH": "ceil($WIDTH/4)", "HEIGHT": "ceil($HEIGHT/4)"},
    {"TARGET": "whirl", "WIDTH": "ceil($WIDTH/4)", "HEIGHT": "ceil($HEIGHT/4)"},
    {}
  ],
  "SONGREEL": {"words": {"en": ["spin", "spin transition", "rotate", "whirl"], "zh": ["旋转转场", "旋转"]}}
}*/

// Beyond its border each picture goes on as its mirror image.
vec4 view(vec2 at, float more) {
    float t = progress < 0.5 ? 2.0 * progress * progress : 1.0 - 2.0 * (1.0 - progress) * (1.0 - progress);
    float way = (int(seed) & 1) == 1 ? -1.0 : 1.0;
    float turn = way * (progress < 0.5 ? 1.9 * t : 1.9 * (t - 1.0)) + more;
    vec2 ratio = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    vec2 from = (at - 0.5) * ratio;
    from = vec2(from.x * cos(turn) - from.y * sin(turn), from.x * sin(turn) + from.y * cos(turn));
    vec2 place = 0.5 + from / ratio / (1.0 + 0.9 * (1.0 - abs(2.0 * t - 1.0)));
    place = 1.0 - abs(1.0 - mod(place + 4.0, 2.0));
    if (progress < 0.5) {
        return IMG_NORM_PIXEL(startImage, place);
    }
    return IMG_NORM_PIXEL(endImage, place);
}

vec4 whirled(vec2 at, float reach) {
    vec2 ratio = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    vec2 from = (at - 0.5) * ratio;
    vec4 sum = vec4(0.0);
    for (int i = 0; i < 8; i++) {
        float turn = (float(i) / 7.0 - 0.5) * reach;
        vec2 place = vec2(from.x * cos(turn) - from.y * sin(turn), from.x * sin(turn) + from.y * cos(turn));
        sum += IMG_NORM_PIXEL(coarse, 0.5 + place / ratio);
    }
    return sum / 8.0;
}

void main() {
    vec2 at = isf_FragNormCoord;
    float speed = 1.0 - abs(2.0 * progress - 1.0);
    float reach = 0.5 * speed * speed;
    if (PASSINDEX == 0) {
        gl_FragColor = 0.25 * (view(at, -0.375 * reach / 7.0) + view(at, -0.125 * reach / 7.0)
            + view(at, 0.125 * reach / 7.0) + view(at, 0.375 * reach / 7.0));
    } else if (PASSINDEX == 1) {
        gl_FragColor = whirled(at, reach);
    } else {
        float share = smoothstep(0.02, 0.35, speed);
        vec4 color = IMG_NORM_PIXEL(whirl, at);
        if (share < 1.0) {
            color = mix(view(at, 0.0), color, share);
        }
        gl_FragColor = color;
    }
}
