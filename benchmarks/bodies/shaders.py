"""Materials and light in GLSL: skin, cloth, hair, wall, floor, furniture."""

LIGHTS_PER_PASS = 4

# Values of the `kind` uniform.
PERSON, WALL, FLOOR, OBJECT, EYE, HAIR, WINDOW = range(7)

# Values of pat.x for walls, floors and objects.
PLAIN, STRIPES, BRICKS, TILES, PLANKS, BLOTCHES, FADE = range(7)

NOISE = """
float hash(vec3 p){
 p=fract(p*0.3183099+vec3(.1,.17,.13)); p*=17.0;
 return fract(p.x*p.y*p.z*(p.x+p.y+p.z));
}
float value_noise(vec3 x){
 vec3 i=floor(x), f=fract(x); f=f*f*(3.-2.*f);
 return mix(
  mix(mix(hash(i),hash(i+vec3(1,0,0)),f.x), mix(hash(i+vec3(0,1,0)),hash(i+vec3(1,1,0)),f.x),f.y),
  mix(mix(hash(i+vec3(0,0,1)),hash(i+vec3(1,0,1)),f.x),
      mix(hash(i+vec3(0,1,1)),hash(i+vec3(1,1,1)),f.x),f.y), f.z);
}
float fbm(vec3 p){
 float a=.5, s=0.;
 for(int i=0;i<4;i++){ s+=a*value_noise(p); p=p*2.03+7.1; a*=.5; }
 return s;
}
"""

VERTEX = """#version 330
uniform mat4 VP; uniform vec2 jitter;
in vec3 in_pos; in vec3 in_nrm; in vec3 in_rest; in vec4 in_f0; in vec4 in_f1;
out vec3 P,N,Q; out vec4 F0,F1;
void main(){
 P=in_pos; N=in_nrm; Q=in_rest; F0=in_f0; F1=in_f1;
 gl_Position=VP*vec4(in_pos,1); gl_Position.xy+=jitter*gl_Position.w;
}
"""

HEADER = f"""#version 330
#define NL {LIGHTS_PER_PASS}
#define PERSON {PERSON}
#define WALL {WALL}
#define FLOOR {FLOOR}
#define EYE {EYE}
#define HAIR {HAIR}
#define WINDOW {WINDOW}
#define STRIPES {STRIPES}
#define BRICKS {BRICKS}
#define TILES {TILES}
#define PLANKS {PLANKS}
#define BLOTCHES {BLOTCHES}
#define FADE {FADE}
uniform int kind;
uniform vec3 cam, skin, shirtc, shortc, hairc, shoec, objc, objc2, amb_up, amb_dn;
uniform vec4 pat;            // pattern, scale, strength, seed
uniform vec3 lp[NL]; uniform vec3 lc[NL]; uniform vec2 lflag[NL];
uniform mat4 LV[NL]; uniform vec4 tile[NL];
uniform sampler2DShadow atlas; uniform float seed;
in vec3 P,N,Q; in vec4 F0,F1;
layout(location=0) out vec4 o;
struct Surface {{ vec3 color; float rough, spec, soft; }};
"""

PERSON_MATERIAL = """
Surface person(inout vec3 n){
 float mottle=fbm(Q*38.)-.5, fine=fbm(Q*240.)-.5;
 vec3 a=skin*(1.+.16*mottle+.10*fine); a.r*=1.+.05*(fbm(Q*11.+3.)-.5);
 a=mix(a,a*vec3(.86,.50,.48),F1.y*.75);
 float rough=.52, spec=.32, soft=1., bump=.25*fine;
 float hair=smoothstep(-.004,.004,F0.z+.012*(fbm(Q*vec3(160,160,60))-.5));
 if(kind==HAIR) hair=1.;
 if(hair>0.){
  float strand=fbm(Q*vec3(420,420,36)); a=mix(a,hairc*(.55+.9*strand),hair);
  rough=mix(rough,.45,hair); spec=mix(spec,.35,hair); soft=mix(soft,0.,hair);
  bump=mix(bump,2.2*(strand-.5),hair);
 }
 float brow=smoothstep(0.,.002,F1.z+.004*(fbm(Q*400.)-.5)); a=mix(a,hairc*.9,brow*.85);
 float top=smoothstep(-.0008,.0008,F0.x), bottom=smoothstep(-.0008,.0008,F0.y);
 float shoe=smoothstep(-.0008,.0008,F0.w);
 float weave=.5+.25*sin(Q.z*2600.)+.25*sin((Q.x+Q.y)*2600.);
 float wrinkle=fbm(vec3(Q.xy*14.,Q.z*22.)+1.7);
 float stripe=pat.x>.5 ? smoothstep(.45,.55,.5+.5*sin(Q.z*6.2832/max(pat.y,.01))) : 0.;
 float cloth=0.;
 if(bottom>0.){ cloth=bottom; a=mix(a,shortc*(.86+.16*weave+.22*(wrinkle-.5)),bottom); }
 if(top>0.){
  vec3 c=mix(shirtc,objc2,stripe*pat.z);
  a=mix(a,c*(.86+.16*weave+.25*(wrinkle-.5)),top); cloth=max(cloth,top);
 }
 if(shoe>0.){ a=mix(a,shoec*(.9+.2*fine),shoe); cloth=max(cloth,shoe); }
 float seam1=exp(-pow(abs(F0.x)/.0025,2.)), seam2=exp(-pow(abs(F0.y)/.0025,2.));
 a*=1.-.35*max(seam1,seam2*step(F0.x,0.));
 rough=mix(rough,.9,cloth); spec=mix(spec,.08,cloth); soft=mix(soft,0.,cloth);
 bump=mix(bump,.8*(wrinkle-.5),cloth);
 vec3 g=vec3(fbm(Q*120.+9.),fbm(Q*120.+31.),fbm(Q*120.+57.))-.5;
 n=normalize(n+bump*.35*g);
 return Surface(a,rough,spec,soft);
}
"""

ROOM_MATERIAL = """
Surface room(){
 vec2 flat2=kind==FLOOR?P.xy:P.yz;
 vec3 q=kind==WALL?vec3(P.yz,0.):(kind==FLOOR?vec3(P.xy,0.):P);
 float t=fbm(q*9.+pat.w)-.5, u=fbm(q*70.+pat.w)-.5, k=pat.y, rough=.7, spec=.25;
 vec3 a=objc*(1.+.10*t+.08*u);
 int pattern=int(pat.x+.5);
 if(pattern==STRIPES){
  float across=kind==FLOOR?P.x:P.y;
  a=mix(a,objc2,pat.z*smoothstep(.48,.52,.5+.5*sin(across*6.2832/k)));
 }
 if(pattern==BRICKS){
  vec2 b=flat2/vec2(k*2.2,k); b.x+=.5*mod(floor(b.y),2.); vec2 f=fract(b);
  float joint=min(min(f.x,1.-f.x)*2.2,min(f.y,1.-f.y));
  a*=.75+.5*hash(vec3(floor(b),pat.w))*pat.z; a=mix(objc2,a,smoothstep(.02,.05,joint));
 }
 if(pattern==TILES){
  vec2 b=flat2/k, f=fract(b); float joint=min(min(f.x,1.-f.x),min(f.y,1.-f.y));
  a=mix(objc2,a,smoothstep(.01,.025,joint)); a*=.95+.1*hash(vec3(floor(b),pat.w)); rough=.35;
 }
 if(pattern==PLANKS){
  vec2 b=P.xy; float row=floor(b.x/k); b.y+=row*.37; float plank=floor(b.y/(k*9.));
  float r=hash(vec3(row,plank,pat.w)), grain=fbm(vec3(b.x*90.,b.y*5.,r*9.));
  a=mix(objc,objc2,r*.6)*(.72+.55*grain); vec2 f=vec2(fract(b.x/k),fract(b.y/(k*9.)));
  a*=smoothstep(.0,.02,f.x)*smoothstep(0.,.003,f.y)*.6+.4; rough=.4; spec=.3;
 }
 if(pattern==BLOTCHES) a=mix(objc,objc2,smoothstep(.35,.65,fbm(q/k+pat.w)));
 if(pattern==FADE) a=mix(objc,objc2,clamp(P.z/2.6,0.,1.));
 return Surface(a,rough,spec,0.);
}
"""

LIGHT = """
float lit(int i, vec3 n){
 vec4 s=LV[i]*vec4(P+n*.006,1.); vec3 c=s.xyz/s.w*.5+.5;
 if(any(lessThan(c,vec3(0.)))||any(greaterThan(c,vec3(1.)))) return 1.;
 float h1=hash(vec3(gl_FragCoord.xy,float(i)*7.+seed));
 float h2=hash(vec3(gl_FragCoord.yx,float(i)*3.+seed+31.));
 c.xy+=sqrt(h1)*.006*vec2(cos(6.2832*h2),sin(6.2832*h2)); c.xy=clamp(c.xy,.002,.998);
 return texture(atlas,vec3(tile[i].xy+c.xy*tile[i].zw,c.z-.0022));
}
void main(){
 vec3 n=normalize(N), v=normalize(cam-P); if(dot(n,v)<0.&&kind!=PERSON) n=-n;
 bool body=kind==PERSON||kind==HAIR||kind==EYE;
 if(kind==WINDOW){ o=vec4(objc,0.); return; }
 Surface m;
 if(kind==EYE){
  float d=F1.x; m=Surface(mix(vec3(.75,.72,.70),objc,smoothstep(.0,.1,d)),.15,.6,0.);
  m.color=mix(m.color,vec3(.01),smoothstep(.55,.65,d));
 } else if(body) m=person(n); else m=room();
 vec3 L=m.color*mix(amb_dn,amb_up,n.z*.5+.5);
 for(int i=0;i<NL;i++){
  bool near=lflag[i].x>.5;
  vec3 ld=near?lp[i]-P:lp[i]; float d2=dot(ld,ld); vec3 l=ld*inversesqrt(d2);
  float nl=dot(n,l), wrap=.22*m.soft, diffuse=max((nl+wrap)/(1.+wrap),0.);
  vec3 tint=mix(vec3(1.),vec3(1.12,.93,.86),m.soft*smoothstep(.5,.0,nl));
  vec3 h=normalize(l+v); float g=exp2(10.*(1.-m.rough)+1.);
  float shine=m.spec*.12*(g+2.)/8.*pow(max(dot(n,h),0.),g);
  shine*=(.25+.75*pow(1.-max(dot(v,h),0.),3.))*max(nl,0.);
  L+=lc[i]*(near?lflag[i].y/d2:1.)*lit(i,n)*(m.color*diffuse*tint+shine);
 }
 o=vec4(L,body?1.:0.);
}
"""

FRAGMENT = HEADER + NOISE + PERSON_MATERIAL + ROOM_MATERIAL + LIGHT

SHADOW_VERTEX = """#version 330
uniform mat4 VP; in vec3 in_pos;
void main(){ gl_Position=VP*vec4(in_pos,1); }
"""
SHADOW_FRAGMENT = """#version 330
void main(){}
"""
