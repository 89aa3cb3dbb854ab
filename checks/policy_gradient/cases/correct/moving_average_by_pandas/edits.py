"""Smooths the scores with pandas and plots them with seaborn in an added cell."""

# %% after plot_scores
import pandas as pd
import seaborn as sns

smooth = pd.Series(scores, dtype=float).rolling(10, min_periods=1).mean()
sns.lineplot(x=smooth.index, y=smooth.values)
