/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The picture goes soft and comes back into focus on the beat",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Effect"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0, "MAX": 1, "LABEL": "How strong; 0 changes nothing"},
    {"NAME": "pulse", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1}
  ],
  "PASSES": [
    {"TARGET": "across", "WIDTH": "ceil($WIDTH/2)", "HEIGHT": "ceil($HEIGHT/2)"},
    {"TARGET": "soft", "WIDTH": "ceil($WIDTH/2)", "HEIGHT": "ceil($HEIGHT/2)"},
    {}
  ],
  "SONGREEL": {"words": {"en": ["blur", "soft focus", "dreamy blur"], "zh": ["模糊", "柔焦"]}}
}*/

// Two directions of a Gaussian at half size; nine taps each.
vec3 soften(vec2 at, vec2 along, bool first) {
    vec3 sum = vec3(0.0);
    float weights = 0.0;
    for (int i = -4; i <= 4; i++) {
        float weight = exp(-0.18 * float(i * i));
        vec2 place = at + along * float(i);
        sum += weight * (first ? IMG_NORM_PIXEL(inputImage, place).rgb : IMG_NORM_PIXEL(across, place).rgb);
        weights += weight;
    }
    return sum / weights;
}

void main() {
    vec2 at = isf_FragNormCoord;
    float reach = amount * (1.0 - 0.6 * pulse) * 0.008;
    if (PASSINDEX == 0) {
        gl_FragColor = vec4(soften(at, vec2(reach * RENDERSIZE.y / RENDERSIZE.x, 0.0), true), 1.0);
    } else if (PASSINDEX == 1) {
        gl_FragColor = vec4(soften(at, vec2(0.0, reach), false), 1.0);
    } else {
        vec4 sharp = IMG_THIS_PIXEL(inputImage);
        float share = clamp(reach * 400.0, 0.0, 1.0);
        gl_FragColor = vec4(mix(sharp.rgb, IMG_NORM_PIXEL(soft, at).rgb, share), sharp.a);
    }
}
