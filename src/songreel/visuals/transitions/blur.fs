/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The lens racks out of focus on one picture and into focus on the next",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1, "LABEL": "0 is the picture before, 1 the one after"}
  ],
  "PASSES": [
    {"TARGET": "small", "WIDTH": "ceil($WIDTH/6)", "HEIGHT": "ceil($HEIGHT/6)"},
    {"TARGET": "across", "WIDTH": "ceil($WIDTH/6)", "HEIGHT": "ceil($HEIGHT/6)"},
    {"TARGET": "soft", "WIDTH": "ceil($WIDTH/6)", "HEIGHT": "ceil($HEIGHT/6)"},
    {}
  ],
  "SONGREEL": {"words": {"en": ["blur transition", "rack focus", "focus pull", "defocus"], "zh": ["模糊转场", "虚焦转场", "变焦虚化"]}}
}*/

vec4 view(vec2 at) {
    float share = smoothstep(0.35, 0.65, progress);
    vec4 color = vec4(0.0);
    if (share < 1.0) {
        color += (1.0 - share) * IMG_NORM_PIXEL(startImage, at);
    }
    if (share > 0.0) {
        color += share * IMG_NORM_PIXEL(endImage, at);
    }
    return color;
}

// Twice with seven samples: wide, then between. Lights are weighed by their brightness, as a lens spreads them.
vec4 spread(vec2 at, vec2 along) {
    vec3 sum = vec3(0.0);
    float all = 0.0;
    for (int i = -6; i <= 6; i++) {
        float weight = exp(-0.08 * float(i * i));
        vec2 place = at + along * float(i);
        vec3 tap = PASSINDEX == 1 ? IMG_NORM_PIXEL(small, place).rgb : IMG_NORM_PIXEL(across, place).rgb;
        weight *= 0.35 + dot(tap, vec3(0.2126, 0.7152, 0.0722));
        sum += weight * tap;
        all += weight;
    }
    return vec4(sum / all, 1.0);
}

void main() {
    vec2 at = isf_FragNormCoord;
    float out_of_focus = 4.0 * progress * (1.0 - progress);
    float reach = 0.011 * out_of_focus;
    if (PASSINDEX == 0) {
        vec2 apart = 0.25 / RENDERSIZE;
        gl_FragColor = 0.25 * (view(at + apart) + view(at - apart)
            + view(at + vec2(apart.x, -apart.y)) + view(at + vec2(-apart.x, apart.y)));
    } else if (PASSINDEX == 1) {
        gl_FragColor = spread(at, vec2(reach * RENDERSIZE.y / RENDERSIZE.x, 0.0));
    } else if (PASSINDEX == 2) {
        gl_FragColor = spread(at, vec2(0.0, reach));
    } else {
        float share = smoothstep(0.0, 0.4, out_of_focus);
        vec4 color = IMG_NORM_PIXEL(soft, at);
        if (share < 1.0) {
            color = mix(view(at), color, share);
        }
        gl_FragColor = color;
    }
}
