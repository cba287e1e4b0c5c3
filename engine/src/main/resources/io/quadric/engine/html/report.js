"use strict";
(() => {
    const data = JSON.parse(document.getElementById("data").textContent);
    const root = document.documentElement;
    const system = matchMedia("(prefers-color-scheme: dark)");
    // Okabe and Ito's colours, which colour-blind readers can tell apart, each dark and light enough for its theme.
    const colours = {
        light: ["#0072B2", "#D55E00", "#007A5A", "#B0508C", "#8A6D00", "#2E8BC0", "#444444", "#A33B20"],
        dark: ["#56B4E9", "#F08A3C", "#2FBF95", "#E39BC6", "#E6C84B", "#8FD0F5", "#C8CED4", "#F2A38C"]
    };
    const dashes = [[], [8, 4], [2, 3], [10, 3, 2, 3]];
    const borders = ["solid", "dashed", "dotted", "double"];
    const titles = {step: "steps", epoch: "epochs", seconds: "seconds of training"};
    const sync = uPlot.sync("position");
    const HEIGHT = 300;
    let axis = "step";
    let plots = [];

    const css = name => getComputedStyle(root).getPropertyValue(name).trim();
    const colour = i => colours[root.dataset.theme][i % colours.light.length];
    const round = i => Math.floor(i / colours.light.length) % dashes.length;
    const faded = i => colour(i) + "30";

    // Four significant digits; powers of ten only where plain digits would not fit.
    function number(value) {
        if (value == null) return "–";
        const size = Math.abs(value);
        if (size !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(3);
        return String(Number(value.toPrecision(5)));
    }

    function tick(value) {
        if (value == null) return "";
        const size = Math.abs(value);
        if (size !== 0 && (size < 1e-4 || size >= 1e6)) return value.toExponential(0).replace("e+", "e");
        return String(Number(value.toPrecision(6)));
    }

    // On a logarithmic axis what is not positive cannot be drawn; the lower edge of a band then goes a decade below all lines.
    // The band of a figure that is never negative ends at 0.
    function values(line, logarithmic, least) {
        const positive = v => v != null && (!logarithmic || v > 0) ? v : null;
        const mean = line.mean.map(positive);
        if (!line.deviation) return [mean];
        const floor = logarithmic ? least / 10 : line.mean.every(m => m == null || m >= 0) ? 0 : -Infinity;
        const low = line.mean.map((m, i) => positive(m) == null ? null : Math.max(m - line.deviation[i], floor));
        const high = line.mean.map((m, i) => positive(m) == null ? null : m + line.deviation[i]);
        return [mean, low, high];
    }

    // One table of all lines: uPlot wants common positions, which lines of different runs do not have.
    function table(chart, logarithmic) {
        const least = Math.min(...chart.lines.flatMap(line => line.mean.filter(v => v != null && v > 0)));
        return uPlot.join(chart.lines.map(line => {
            const x = data.tracks[line.track][axis];
            return [x, ...values(line, logarithmic, least)];
        }));
    }

    function series(chart) {
        const all = [{label: titles[axis], value: (u, v) => number(v)}];
        const bands = [];
        chart.lines.forEach(line => {
            const i = line.colour;
            const points = line.mean.length < 40;
            const at = all.length;
            all.push({
                label: line.name, stroke: () => colour(i), width: 2, spanGaps: true, dash: dashes[round(i)], border: borders[round(i)],
                points: {show: points, size: 5}, value: (u, v, s, index) => {
                    if (v == null || index == null || !line.deviation) return number(v);
                    return number(v) + " ± " + number(u.data[at + 2][index] - v);
                }
            });
            if (line.deviation) {
                for (const edge of [0, 1]) {
                    all.push({label: "", stroke: "transparent", width: 0, spanGaps: true, points: {show: false}, band: true});
                }
                bands.push({series: [at + 2, at + 1], fill: () => faded(i)});
            }
        });
        return {all, bands};
    }

    // Whole numbers for steps; uPlot's own choice else.
    function increments() {
        if (axis !== "step") return {};
        return {incrs: [...Array(13).keys()].flatMap(k => [1, 2, 5].map(m => m * 10 ** k))};
    }

    function axes() {
        const look = {
            stroke: () => css("--faint"), grid: {stroke: () => css("--grid"), width: 1},
            ticks: {stroke: () => css("--rule"), width: 1}, font: "12px system-ui, 'Liberation Sans', Arial, sans-serif"
        };
        return [
            {...look, ...increments(), label: titles[axis], labelSize: 20, labelFont: look.font, size: 34, values: (u, splits) => splits.map(tick)},
            {...look, size: 66, values: (u, splits) => splits.map(tick)}
        ];
    }

    function draw(figure) {
        const chart = data.charts[Number(figure.dataset.chart)];
        const logarithmic = (figure.dataset.scale || chart.scale) === "logarithmic";
        const {all, bands} = series(chart);
        const canvas = figure.querySelector(".canvas");
        canvas.replaceChildren();
        const plot = new uPlot({
            width: Math.max(260, canvas.clientWidth), height: HEIGHT, series: all, bands, axes: axes(),
            scales: {x: {time: false}, y: logarithmic ? {distr: 3} : {}},
            cursor: {sync: {key: sync.key}, focus: {prox: 24}}, focus: {alpha: 0.35},
            legend: {live: true, markers: {width: 2, dash: (u, i) => u.series[i].border}},
            hooks: {
                setSeries: [(u, i, options) => hideBand(u, i, options)],
                setScale: [(u, key) => { if (key === "x") figure.dataset.range = u.scales.x.min + " " + u.scales.x.max; }]
            }
        }, table(chart, logarithmic), canvas);
        plot.root.querySelectorAll(".u-legend .u-series").forEach((row, i) => { row.hidden = all[i].band === true; row.style.display = all[i].band ? "none" : ""; });
        return plot;
    }

    // The band goes with its line.
    function hideBand(u, i, options) {
        if (i == null || options.show == null || u.series[i].band) return;
        for (let k = i + 1; k < u.series.length && u.series[k].band; k++) u.setSeries(k, {show: options.show});
    }

    function caption(figure) {
        const chart = data.charts[Number(figure.dataset.chart)];
        const text = document.createElement("figcaption");
        const about = document.createElement("div");
        const title = document.createElement("strong");
        title.textContent = chart.title;
        const note = document.createElement("div");
        note.className = "about";
        note.textContent = chart.note;
        about.append(title, note);
        const scale = document.createElement("button");
        scale.type = "button";
        scale.title = "Logarithmic or linear axis of values";
        const positive = chart.lines.some(line => line.mean.some(v => v > 0));
        if (!positive) figure.dataset.scale = "linear";
        const label = () => { scale.textContent = (figure.dataset.scale || chart.scale) === "logarithmic" ? "log" : "linear"; };
        scale.onclick = () => {
            figure.dataset.scale = (figure.dataset.scale || chart.scale) === "logarithmic" ? "linear" : "logarithmic";
            label();
            redraw(figure);
        };
        label();
        const canvas = document.createElement("div");
        canvas.className = "canvas";
        text.append(about);
        if (positive) text.append(scale);
        figure.append(text, canvas);
    }

    const figures = [...document.querySelectorAll("figure.chart")];

    function redraw(figure) {
        const i = figures.indexOf(figure);
        if (plots[i]) plots[i].destroy();
        plots[i] = draw(figure);
    }

    function pressed(buttons, chosen) {
        buttons.forEach(button => button.setAttribute("aria-pressed", String(button === chosen)));
    }

    const axisButtons = [...document.querySelectorAll("[data-axis]")];
    axisButtons.forEach(button => button.onclick = () => {
        axis = button.dataset.axis;
        pressed(axisButtons, button);
        figures.forEach(redraw);
    });

    const themeButtons = [...document.querySelectorAll("[data-theme-choice]")];
    let theme = new URLSearchParams(location.search).get("theme") || "";
    function applyTheme() {
        root.dataset.theme = theme || (system.matches ? "dark" : "light");
        pressed(themeButtons, themeButtons.find(button => button.dataset.themeChoice === theme));
    }
    themeButtons.forEach(button => button.onclick = () => {
        theme = button.dataset.themeChoice;
        applyTheme();
        plots.forEach(plot => plot.redraw(false));
        figures.forEach(redraw);
    });
    system.addEventListener("change", () => { applyTheme(); figures.forEach(redraw); });

    applyTheme();
    document.getElementById("controls").hidden = false;
    document.getElementById("usage").hidden = figures.length === 0;
    figures.forEach(caption);
    figures.forEach(redraw);
    // Charts in a folded part have no width before it is unfolded.
    document.querySelectorAll("details").forEach(part => part.addEventListener("toggle", () => {
        part.querySelectorAll("figure.chart").forEach(redraw);
    }));
    let resizing = 0;
    addEventListener("resize", () => {
        clearTimeout(resizing);
        resizing = setTimeout(() => plots.forEach((plot, i) => plot.setSize({
            width: Math.max(260, figures[i].querySelector(".canvas").clientWidth), height: HEIGHT
        })), 100);
    });
    root.dataset.charts = String(plots.filter(plot => plot.status === 1 || plot.data.length > 1).length);
})();
