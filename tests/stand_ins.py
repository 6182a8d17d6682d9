"""Stand-ins for TensorFlow, Keras, JAX and Optax, as much of each as exported programs call, on torch tensors.

Each optimizer follows the rule that the library documents, epsilon's place included.
"""
import contextlib
import math
import sys
import types

import torch


def module(name, **members):
    made = types.ModuleType(name)
    made.__dict__.update(members)
    return made


def tensor(value, dtype=None):
    if isinstance(value, Variable):
        return value.data
    return torch.as_tensor(value, dtype=dtype if isinstance(dtype, torch.dtype) else None)


def both(function):
    return lambda a, b: function(torch.as_tensor(a), torch.as_tensor(b))


# ---- TensorFlow and Keras


class Variable:
    """A tensor that can be assigned, as tf.Variable and keras.Variable."""

    def __init__(self, value, dtype=torch.float64):
        self.data = torch.as_tensor(value, dtype=dtype).clone().requires_grad_()

    shape = property(lambda self: tuple(self.data.shape))

    def __getitem__(self, index):
        return self.data[index]

    def assign(self, value):
        with torch.no_grad():
            self.data.copy_(torch.as_tensor(value))

    def numpy(self):
        return self.data.detach().numpy()


class GradientTape:
    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False

    def gradient(self, value, sources, unconnected_gradients="none"):
        many = isinstance(sources, list)
        inputs = [source.data for source in (sources if many else [sources])]
        found = torch.autograd.grad(value, inputs, allow_unused=True)
        found = [torch.zeros_like(i) if g is None else g for g, i in zip(found, inputs)]
        return found if many else found[0]


class KerasOptimizer:
    def __init__(self, learning_rate, weight_decay=None, **hyper):
        assert isinstance(learning_rate, float)
        self.learning_rate, self.decoupled = learning_rate, weight_decay
        self.__dict__.update(hyper)
        self.t, self.state = 0, {}

    def apply_gradients(self, pairs):
        self.t += 1
        for g, variable in pairs:
            with torch.no_grad():
                p = variable.data.detach().clone()
                if self.decoupled is not None:
                    p = p - p*self.decoupled*self.learning_rate
                state = self.state.setdefault(id(variable), {})
                variable.assign(p - self.move(g.detach(), state, self.learning_rate))


class SGD(KerasOptimizer):
    def __init__(self, *args, momentum=0.0, **hyper):
        if not isinstance(momentum, float) or momentum < 0 or momentum > 1:  # as Keras
            raise ValueError("`momentum` must be a float between [0, 1].")
        super().__init__(*args, momentum=momentum, **hyper)

    def move(self, g, s, lr):
        if self.momentum == 0:
            return lr*g
        s["v"] = self.momentum*s.get("v", 0.0) - lr*g
        return lr*g - self.momentum*s["v"] if self.nesterov else -s["v"]


class Adagrad(KerasOptimizer):
    def move(self, g, s, lr):
        s["v"] = s.get("v", self.initial_accumulator_value) + g*g
        return lr*g/torch.sqrt(s["v"] + self.epsilon)


class Adadelta(KerasOptimizer):
    def move(self, g, s, lr):
        s["v"] = self.rho*s.get("v", 0.0) + (1 - self.rho)*g*g
        step = torch.sqrt(torch.as_tensor(s.get("u", 0.0*g) + self.epsilon))*g/torch.sqrt(s["v"] + self.epsilon)
        s["u"] = self.rho*s.get("u", 0.0) + (1 - self.rho)*step*step
        return lr*step


class RMSprop(KerasOptimizer):
    def move(self, g, s, lr):
        s["v"] = self.rho*s.get("v", 0.0) + (1 - self.rho)*g*g
        spread = s["v"]
        if self.centered:
            s["m"] = self.rho*s.get("m", 0.0) + (1 - self.rho)*g
            spread = spread - s["m"]**2
        step = lr*g/torch.sqrt(spread + self.epsilon)
        s["b"] = self.momentum*s.get("b", 0.0) + step
        return s["b"]


class Adam(KerasOptimizer):
    def move(self, g, s, lr):
        s["m"] = s.get("m", 0.0) + (g - s.get("m", 0.0))*(1 - self.beta_1)
        s["v"] = s.get("v", 0.0) + (g*g - s.get("v", 0.0))*(1 - self.beta_2)
        square = s["v"]
        if self.amsgrad:
            s["h"] = square = torch.maximum(s.get("h", 0*square), square)
        alpha = lr*math.sqrt(1 - self.beta_2**self.t)/(1 - self.beta_1**self.t)
        return alpha*s["m"]/(torch.sqrt(square) + self.epsilon)


class Adamax(KerasOptimizer):
    def move(self, g, s, lr):
        s["m"] = s.get("m", 0.0) + (g - s.get("m", 0.0))*(1 - self.beta_1)
        s["u"] = torch.maximum(self.beta_2*s.get("u", 0*g), abs(g))
        return lr*s["m"]/((1 - self.beta_1**self.t)*(s["u"] + self.epsilon))


class Lion(KerasOptimizer):
    def move(self, g, s, lr):
        step = torch.sign(s.get("m", 0.0)*self.beta_1 + g*(1 - self.beta_1))
        s["m"] = s.get("m", 0.0)*self.beta_2 + g*(1 - self.beta_2)
        return lr*step


class Dense:
    def __init__(self, units, activation=None):
        self.units, self.activation = units, activation

    def build(self, inputs):
        self.kernel, self.bias = Variable(torch.zeros(inputs, self.units)), Variable(torch.zeros(self.units))

    def set_weights(self, weights):
        self.kernel.assign(torch.as_tensor(weights[0]))
        self.bias.assign(torch.as_tensor(weights[1]))

    def __call__(self, x):
        z = x @ self.kernel.data + self.bias.data
        return z if self.activation is None else getattr(torch, self.activation)(z)


class Sequential:
    def __init__(self, layers):
        (width,), *self.layers = layers
        for layer in self.layers:
            layer.build(width)
            width = layer.units

    trainable_variables = property(lambda self: [v for layer in self.layers for v in (layer.kernel, layer.bias)])

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


def tensorflow():
    names = ("sin", "cos", "tan", "exp", "sqrt", "tanh", "sign", "floor", "abs", "where", "reshape")
    bce = torch.nn.functional.binary_cross_entropy_with_logits
    return module(
        "tensorflow", **{name: getattr(torch, name) for name in names}, float64=torch.float64, int64=torch.int64, argmax=torch.argmax, Variable=Variable, GradientTape=GradientTape,
        math=types.SimpleNamespace(log=torch.log), minimum=both(torch.minimum), maximum=both(torch.maximum), reduce_sum=torch.sum,
        reduce_mean=torch.mean, reduce_max=torch.max, concat=torch.cat, transpose=lambda w: w.T,
        constant=tensor, convert_to_tensor=lambda v: tensor(v).detach(), cast=lambda v, dtype: v.to(dtype), gather=lambda v, i: v[i],
        nn=types.SimpleNamespace(
            sigmoid_cross_entropy_with_logits=lambda labels, logits: bce(logits, labels, reduction="none"),
            sparse_softmax_cross_entropy_with_logits=lambda labels, logits: torch.nn.functional.cross_entropy(logits, labels, reduction="none")))


def keras():
    optimizers = types.SimpleNamespace(SGD=SGD, Adagrad=Adagrad, Adadelta=Adadelta, RMSprop=RMSprop, Adam=Adam, AdamW=Adam, Adamax=Adamax,
                                       Lion=Lion)
    return module("keras", optimizers=optimizers, Sequential=Sequential, Input=lambda shape: shape,
                  layers=types.SimpleNamespace(Dense=Dense), backend=types.SimpleNamespace(set_floatx=lambda kind: None))


# ---- JAX and Optax


def value_and_grad(function):
    def call(p, *rest):
        p = p.detach().clone().requires_grad_()
        value = function(p, *rest)
        (gradient,) = torch.autograd.grad(value, [p], allow_unused=True)
        return value.detach(), torch.zeros_like(p) if gradient is None else gradient

    return call


class Transform:
    """A gradient transformation: `move` takes gradient, state (a dict) and parameters."""

    def __init__(self, move):
        self.move = move

    def init(self, p):
        return {}

    def update(self, g, state, p):
        return self.move(g, state, p), state


def average(s, key, decay, value):
    s[key] = (1 - decay)*value + decay*s.get(key, 0.0)
    return s[key]


def chain(*parts):
    def move(g, s, p):
        for i, part in enumerate(parts):
            g, _ = part.update(g, s.setdefault(i, {}), p)
        return g

    return Transform(move)


def trace(decay, nesterov=False):
    def move(g, s, p):
        s["t"] = g + decay*s.get("t", 0.0)
        return g + decay*s["t"] if nesterov else s["t"]

    return Transform(move)


def scale_by_rss(initial_accumulator_value, eps):
    def move(g, s, p):
        s["v"] = g*g + s.get("v", initial_accumulator_value)
        return torch.where(s["v"] > 0, 1/torch.sqrt(s["v"] + eps), 0*g)*g

    return Transform(move)


def scale_by_adadelta(rho, eps):
    def move(g, s, p):
        v = average(s, "g", rho, g*g)
        step = torch.sqrt(s.get("x", 0*g) + eps)/torch.sqrt(v + eps)*g
        average(s, "x", rho, step*step)
        return step

    return Transform(move)


def scale_by_rms(decay, eps, eps_in_sqrt):
    assert not eps_in_sqrt
    return Transform(lambda g, s, p: g/(torch.sqrt(average(s, "v", decay, g*g)) + eps))


def scale_by_stddev(decay, eps, eps_in_sqrt):
    assert not eps_in_sqrt

    def move(g, s, p):
        m, v = average(s, "m", decay, g), average(s, "v", decay, g*g)
        return g/(torch.sqrt(v - m*m) + eps)

    return Transform(move)


def scale_by_adam(b1, b2, eps):
    def move(g, s, p):
        s["n"] = s.get("n", 0) + 1
        m, v = average(s, "m", b1, g), average(s, "v", b2, g*g)
        return m/(1 - b1**s["n"])/(torch.sqrt(v/(1 - b2**s["n"])) + eps)

    return Transform(move)


def scale_by_adamax(b1, b2, eps):
    def move(g, s, p):
        s["n"] = s.get("n", 0) + 1
        m = average(s, "m", b1, g)
        s["u"] = torch.maximum(abs(g) + eps, b2*s.get("u", 0*g))
        return m/(1 - b1**s["n"])/s["u"]

    return Transform(move)


def scale_by_radam(b1, b2, eps):
    limit = 2/(1 - b2) - 1

    def move(g, s, p):
        n = s["n"] = s.get("n", 0) + 1
        m, v = average(s, "m", b1, g)/(1 - b1**n), average(s, "v", b2, g*g)/(1 - b2**n)
        r = limit - 2*n*b2**n/(1 - b2**n)
        if r < 5:
            return m
        return math.sqrt((r - 4)*(r - 2)*limit/((limit - 4)*(limit - 2)*r))*m/(torch.sqrt(v) + eps)

    return Transform(move)


def scale_by_lion(b1, b2):
    def move(g, s, p):
        step = torch.sign((1 - b1)*g + b1*s.get("m", 0.0))
        average(s, "m", b2, g)
        return step

    return Transform(move)


def optax():
    bce = torch.nn.functional.binary_cross_entropy_with_logits
    return module("optax", chain=chain, trace=trace, scale_by_rss=scale_by_rss, scale_by_adadelta=scale_by_adadelta,
                  scale_by_rms=scale_by_rms, scale_by_stddev=scale_by_stddev, scale_by_adam=scale_by_adam,
                  scale_by_adamax=scale_by_adamax, scale_by_radam=scale_by_radam, scale_by_lion=scale_by_lion,
                  add_decayed_weights=lambda decay: Transform(lambda g, s, p: g + decay*p), apply_updates=lambda p, u: p + u,
                  sigmoid_binary_cross_entropy=lambda logits, labels: bce(logits, labels, reduction="none"),
                  softmax_cross_entropy_with_integer_labels=lambda logits, labels: torch.nn.functional.cross_entropy(logits, labels, reduction="none"))


def jax():
    names = ("sin", "cos", "tan", "exp", "log", "sqrt", "tanh", "sign", "floor", "abs", "where", "sum")
    numpy = module("jax.numpy", **{name: getattr(torch, name) for name in names}, minimum=both(torch.minimum),
                   maximum=both(torch.maximum), mean=lambda v: v.double().mean(), array=lambda v, dtype=None: torch.tensor(v, dtype=dtype), float64=torch.float64)
    nn = types.SimpleNamespace(relu=torch.relu, sigmoid=torch.sigmoid)
    config = types.SimpleNamespace(update=lambda name, value: None)
    return module("jax", numpy=numpy, nn=nn, config=config, jit=lambda f: f, value_and_grad=value_and_grad)


@contextlib.contextmanager
def installed(target):
    """The modules that programs for `target` import."""
    torch.set_default_dtype(torch.float64)
    made = {}
    if target == "keras":
        made = {"tensorflow": tensorflow(), "keras": keras()}
    if target == "optax":
        library = jax()
        made = {"jax": library, "jax.numpy": library.numpy, "optax": optax()}
    sys.modules.update(made)
    try:
        yield
    finally:
        for name in made:
            del sys.modules[name]
