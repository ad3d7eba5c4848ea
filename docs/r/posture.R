# A study's table in R: what `posture batch` wrote, with its data dictionary.
#
#   posture batch manifest.csv --out study
#   posture schema --dictionary csv > study/dictionary.csv
#   Rscript posture.R study
#
# Base R is enough; the mixed model needs lme4, and is left out where that is not installed.
# The manifest may carry columns of its own: `person` and `week` are used below where they are there.
# This script is not run by the program's own tests: they have no R.

arguments <- commandArgs(trailingOnly = TRUE)
folder <- if (length(arguments) > 0) arguments[[1]] else "study"

# ---- the table, typed by the dictionary ----------------------------------------------------------

read_posture <- function(folder) {
  dictionary <- read.csv(file.path(folder, "dictionary.csv"),
    colClasses = "character", na.strings = character(0), encoding = "UTF-8"
  )
  dictionary <- dictionary[dictionary$table == "results", ]
  # Everything as text first: an id such as 007 or NA stays what it is.
  results <- read.csv(file.path(folder, "results.csv"),
    colClasses = "character", na.strings = "", encoding = "UTF-8", check.names = FALSE
  )
  lacking <- setdiff(dictionary$column, names(results))
  if (length(lacking) > 0) stop("results.csv has no column ", lacking[[1]])
  for (row in seq_len(nrow(dictionary))) {
    name <- dictionary$column[[row]]
    cells <- results[[name]]
    choices <- dictionary$choices[[row]]
    results[[name]] <- switch(dictionary$type[[row]],
      number = as.numeric(cells),
      whole = as.integer(cells),
      truth = cells == "True",
      if (nzchar(choices)) {
        factor(cells, levels = strsplit(choices, " | ", fixed = TRUE)[[1]])
      } else {
        cells
      }
    )
    attr(results[[name]], "unit") <- dictionary$unit[[row]]
    attr(results[[name]], "label") <- dictionary$meaning[[row]]
  }
  results
}

results <- read_posture(folder)

# ---- what was measured, and by which method ------------------------------------------------------

cat("Photos:", nrow(results), " measured:", sum(results$status == "measured"), "\n")
cat("Method", unique(results$method_version), " norms", unique(results$norms_version), "\n")
cat("Not measured, by reason:\n")
print(table(results$reason))

measured <- results[results$status == "measured", ]

# ---- groups: each number weighs by its own error and by the spread between people ----------------

weighted_mean <- function(value, ci95) {
  error_sd <- ci95 / 1.96
  between <- max(var(value) - mean(error_sd^2), 0)
  weight <- 1 / (error_sd^2 + between)
  c(
    mean = sum(weight * value) / sum(weight),
    ci95 = 1.96 * sqrt(1 / sum(weight)),
    between_sd = sqrt(between)
  )
}

for (sex in levels(measured$sex)) {
  group <- measured[measured$sex == sex, ]
  if (nrow(group) > 1) {
    cat("Curve angle,", sex, "(degrees):\n")
    print(round(weighted_mean(group$slca_deg, group$slca_deg_ci95), 1))
  }
}

# ---- repeated measures: a person is a random effect ----------------------------------------------

if (all(c("person", "week") %in% names(measured))) {
  measured$person <- factor(measured$person)
  measured$week <- as.numeric(measured$week)
  if (requireNamespace("lme4", quietly = TRUE)) {
    model <- lme4::lmer(slca_deg ~ week + (1 | person), data = measured)
    print(summary(model))
    print(confint(model, method = "Wald"))
  } else {
    # Without lme4: each person's own slope, and its mean.
    slopes <- sapply(split(measured, measured$person), function(own) {
      if (length(unique(own$week)) < 2) NA else coef(lm(slca_deg ~ week, data = own))[["week"]]
    })
    print(t.test(slopes[!is.na(slopes)]))
  }
}
