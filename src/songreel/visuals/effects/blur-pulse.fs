/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Each beat rushes outward in a blur and snaps back into focus",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Effect"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0, "MAX": 1, "LABEL": "How strong; 0 changes nothing"},
    {"NAME": "pulse", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1, "LABEL": "Swells on each beat"},
    {"NAME": "downbeat", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1, "LABEL": "Swells on the first beat of a bar"}
  ],
  "PASSES": [
    {"TARGET": "small", "WIDTH": "ceil($WIDTH/4)", "HEIGHT": "ceil($HEIGHT/4)"},
    {"TARGET": "coarse", "WIDTH": "ceil($WIDTH/4)", "HEIGHT": "ceil($HEIGHT/4)"},
    {"TARGET": "streaks", "WIDTH": "ceil($WIDTH/4)", "HEIGHT": "ceil($HEIGHT/4)"},
    {}
  ],
  "SONGREEL": {"words": {"en": ["blur pulse", "pulsing blur", "zoom blur", "radial blur"], "zh": ["脉冲模糊", "模糊脉冲", "径向模糊"]}}
}*/

// Eight samples eight apart, then eight between them: sixty-four for the price of sixteen.
vec3 rush(vec2 at, float reach) {
    vec3 sum = vec3(0.0);
    for (int i = 0; i < 8; i++) {
        vec2 place = 0.5 + (at - 0.5) * (1.0 - reach * (float(i) + 0.5) / 8.0);
        sum += PASSINDEX == 1 ? IMG_NORM_PIXEL(small, place).rgb : IMG_NORM_PIXEL(coarse, place).rgb;
    }
    return sum / 8.0;
}

void main() {
    vec2 at = isf_FragNormCoord;
    float force = amount * clamp(0.8 * pulse + 0.35 * downbeat, 0.0, 1.0);
    float reach = 0.16 * force;
    if (PASSINDEX == 0) {
        vec2 apart = 0.25 / RENDERSIZE;
        vec3 sum = IMG_NORM_PIXEL(inputImage, at + apart).rgb + IMG_NORM_PIXEL(inputImage, at - apart).rgb;
        apart.x = -apart.x;
        sum += IMG_NORM_PIXEL(inputImage, at + apart).rgb + IMG_NORM_PIXEL(inputImage, at - apart).rgb;
        gl_FragColor = vec4(sum * 0.25, 1.0);
    } else if (PASSINDEX == 1) {
        gl_FragColor = vec4(rush(at, reach), 1.0);
    } else if (PASSINDEX == 2) {
        gl_FragColor = vec4(rush(at, reach / 8.0), 1.0);
    } else {
        vec4 sharp = IMG_THIS_PIXEL(inputImage);
        float share = smoothstep(0.0, 0.35, force) * (0.35 + 0.65 * smoothstep(0.05, 0.45, length(at - 0.5)));
        gl_FragColor = vec4(mix(sharp.rgb, IMG_NORM_PIXEL(streaks, at).rgb, share), sharp.a);
    }
}
